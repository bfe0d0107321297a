from .programme import programme_pdf

__all__ = ["programme_pdf"]
