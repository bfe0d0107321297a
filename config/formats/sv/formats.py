# A no-break space between thousands, as Swedish is set: 1 503 240.
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
DECIMAL_SEPARATOR = ","
DATE_FORMAT = "j F Y"
