"""A logo from whoever has it: what it is, by its content, how large, and nothing in it but the picture."""

from app.logos.reading import LARGEST, Picture, read

__all__ = ["LARGEST", "Picture", "read"]
