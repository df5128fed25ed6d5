"""Answer -> what a person sees or a program reads: pure functions, one module a form, with the words they share."""
