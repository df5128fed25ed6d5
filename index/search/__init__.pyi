from .passages import MAX_PASSAGE as MAX_PASSAGE
from .passages import passages_of as passages_of
from .vectors import VectorIndex as VectorIndex
