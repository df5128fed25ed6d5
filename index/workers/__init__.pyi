from .workers import ALONE as ALONE
from .workers import of_this_program as of_this_program
