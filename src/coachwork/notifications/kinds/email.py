"""Mail: plain text with an HTML twin, and the headers that mail programs go by."""

import smtplib
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from coachwork.notifications.kinds.parcels import Parcel, Undeliverable

PERMANENT = 500  # SMTP: from here on, the answer will not change


class Email:
    """Hands the mail to the mail server, or to the console where there is none."""

    def deliver(self, parcel: Parcel) -> None:
        mail = EmailMultiAlternatives(
            parcel.subject,
            parcel.text,
            to=[parcel.address],
            headers={
                # The same id at every try: a mail that arrives twice is shown once.
                "Message-ID": f"<{parcel.id}@{_domain()}>",
                "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies, please
                "X-Auto-Response-Suppress": "All",
                **parcel.headers,
            },
        )
        if parcel.html:
            mail.attach_alternative(parcel.html, "text/html")
        try:
            mail.send()
        except (smtplib.SMTPException, OSError, ValueError) as problem:
            raise Undeliverable(type(problem).__name__, final=_is_final(problem)) from None


def _is_final(problem: Exception) -> bool:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused):
        return False  # the operator's to mend; the mail can wait for it
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code >= PERMANENT
    return isinstance(problem, ValueError)  # an address or subject that can never be a header


def _domain() -> str:
    """What stands after the @ of our own addresses."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return sender or urlsplit(settings.ORIGIN).hostname or "localhost"
