"""What schemathesis has to be told of: a batch is sent as the text that it is."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(context: object, value: object) -> bytes:
    """The text as bytes."""
    return str(value).encode("utf-8", "surrogatepass")
