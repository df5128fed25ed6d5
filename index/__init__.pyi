from .errors import StoriesError as StoriesError
from .library.folder import Library as Library
from .reading import read_source as read_source
from .story import (
    Hit as Hit,
)
from .story import (
    Passage as Passage,
)
from .story import (
    Span as Span,
)
from .story import (
    Speaker as Speaker,
)
from .story import (
    Statement as Statement,
)
from .story import (
    Story as Story,
)
