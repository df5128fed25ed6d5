from .cues import find_verb as find_verb
from .extraction import Attributor as Attributor
from .paragraphs import find_paragraphs as find_paragraphs
from .parsing import packaged_pipeline as packaged_pipeline
from .quotation_marks import Quoted as Quoted
from .quotation_marks import find_quoted as find_quoted

EXTRACTOR: int
