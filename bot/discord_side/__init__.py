"""The Discord side: what people write comes in, questions go to the worker, and one sender sends what is rendered."""
