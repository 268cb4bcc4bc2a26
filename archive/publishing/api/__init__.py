"""The stable JSON API: what its answers hold, and the description that programs read.

An answer's fields are told once (`shapes`), an endpoint with its parameters once (`endpoints`);
the answers and the OpenAPI description are both made of that.
"""
