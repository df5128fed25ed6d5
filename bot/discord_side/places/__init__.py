"""Where something is asked: whose library that is, what is set for it, and who may change that."""
