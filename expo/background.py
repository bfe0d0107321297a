"""What the worker does for the expo."""

from expo import programmes
from innovation.tidying import tidies

tidies(programmes.prune)
