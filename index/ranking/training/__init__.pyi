from .examples import HELD_OUT_FOLD as HELD_OUT_FOLD
from .examples import NEAR_MISSES as NEAR_MISSES
from .examples import chat_files as chat_files
from .examples import fold_of as fold_of
from .examples import read_lines as read_lines
from .examples import stories_at as stories_at
from .fitting import grow_chance as grow_chance
from .network import save_trees as save_trees
