"""Uploaded pictures on pages."""

from django import template

from innovation.pictures import size_of, srcset_for

register = template.Library()


@register.inclusion_tag("partials/picture.html")
def picture(file, alt="", sizes="100vw", css_class="", is_lazy=True):
    """An uploaded picture in the width that the reader's screen needs.

    alt: text, or a translated text whose language differs from the page's. sizes: as in HTML.
    is_lazy: False for what is seen first.
    """
    copies = srcset_for(file)
    width, height = size_of(file)
    return {
        "src": copies[-1][0],
        "srcset": ", ".join(f"{url} {width}w" for url, width in copies),
        "sizes": sizes,
        "width": width,
        "height": height,
        "alt": alt,
        "alt_lang": alt.lang if getattr(alt, "is_fallback", False) and alt else "",
        "css_class": css_class,
        "is_lazy": is_lazy,
    }
