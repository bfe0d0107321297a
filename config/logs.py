"""What the log may not keep."""

import logging
import re

# A secret is the last part of an address of a programme: /sv/mitt-program/delat/<secret>/.
_SECRET = re.compile(r"((?:mitt-program|my-programme)/(?:[a-z-]{1,20}/)?)[\w-]{20,}", re.ASCII)


class WithoutSecrets(logging.Filter):
    """Takes the secret links of programmes out of what is logged, as of a page that isn't there."""

    def filter(self, record):
        said = record.getMessage()
        if "programme/" in said or "mitt-program/" in said:
            record.msg, record.args = _SECRET.sub(r"\1…", said), ()
        return True
