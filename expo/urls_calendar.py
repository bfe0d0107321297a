"""Addresses of the programme as files: calendars, tables, feeds."""

from expo.views import feeds
from innovation.addresses import address

EDITION = "expo/<slug:edition>/"

calendar_patterns = [
    address(f"{EDITION}programme.ics", feeds.list_calendar, name="list-calendar"),
    address(f"{EDITION}programme.csv", feeds.table, name="list-table"),
    address(f"{EDITION}changes.atom", feeds.changes, name="changes"),
    address(f"{EDITION}schedule.xml", feeds.schedule_xml, name="schedule-xml"),
    address(f"{EDITION}schedule.json", feeds.schedule_json, name="schedule-json"),
    address(f"{EDITION}schedule/<str:day>.xml", feeds.schedule_xml, name="schedule-day-xml"),
    address(f"{EDITION}schedule/<str:day>.json", feeds.schedule_json, name="schedule-day-json"),
    address(f"{EDITION}hosts/<slug:slug>.ics", feeds.host_calendar, name="host-calendar"),
    address(f"{EDITION}areas/<slug:slug>.ics", feeds.area_calendar, name="area-calendar"),
    address(f"{EDITION}events/<slug:slug>.ics", feeds.event_calendar, name="event-calendar"),
    address(
        "my-programme/calendar/<str:token>.ics", feeds.personal_calendar, name="personal-calendar"
    ),
]
