"""Answers as the sources give them, with invented content."""

CITY_EVENT = {
    "id": 99,
    "title": {"rendered": "Bygg din stad &amp; bo i den"},
    "content": {
        "rendered": '<p>Kom och <strong onclick="x()">bygg</strong>.</p><script>x()</script>'
    },
    "event_categories": ["För barn och ungdom"],
    "event_tags": ["h22"],
    "user_groups": [{"id": 312, "name": "Testgruppen", "slug": "testgruppen"}],
    "occasions": [
        {
            "start_date": "2022-06-01 10:00",
            "end_date": "2022-06-01 11:30",
            "door_time": None,
            "status": "scheduled",
            "occ_exeption_information": None,
            "content_mode": None,
            "content": None,
            "location_mode": None,
            "location": None,
            "booking_link": None,
        },
        {
            "start_date": "2022-06-02 10:00",
            "end_date": "2022-06-02 11:30",
            "status": "cancelled",
            "occ_exeption_information": "Det stormar.",
            "location_mode": "custom",
            "location": {"id": 6, "title": "Hamntorget", "latitude": "", "longitude": ""},
        },
    ],
    "location": {
        "id": 5,
        "title": "Testtorget",
        "parent": None,
        "content": "",
        "street_address": "Testgatan 1",
        "postal_code": "25220",
        "city": "Helsingborg",
        "country": "",
        "formatted_address": "Testgatan 1, 25220, Helsingborg",
        "latitude": "56.04",
        "longitude": "12.69",
    },
    "organizers": [
        {"main_organizer": False, "organizer": "Biblioteket"},
        {
            "main_organizer": True,
            "organizer": "testförvaltningen",
            "organizer_email": "a@example.se",
            "contact_persons": False,
        },
    ],
    "booking_link": "https://x.test",
    "booking_link_type": "submit_interest",
    "price_adult": "0",
    "age_group_from": "10",
    "age_group_to": "12",
    "accessibility": ["Elevator/ramp"],
    "featured_media": {"id": 7, "alt_text": "", "source_url": "https://x.test/e.jpg"},
}

_PLACE = {
    "@type": "Place",
    "name": "Testtorget",
    "address": {"@type": "PostalAddress", "streetAddress": "Testgatan 1"},
    "latitude": 56.04,
    "longitude": 12.69,
}
SCHEMA_ORG = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "name": "Testförvaltningen"},
        {
            "@type": "Event",
            "@id": "https://x.test/bygg#1",
            "url": "https://x.test/bygg",
            "name": "Bygg din stad",
            "description": "Kom och bygg.",
            "startDate": "2022-06-01T10:00:00+02:00",
            "endDate": "2022-06-01T11:30:00+02:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
            "location": [_PLACE, {"@type": "VirtualLocation", "url": "https://x.test/live"}],
            "organizer": [{"@type": "Organization", "name": "Testförvaltningen"}],
            "typicalAgeRange": "10-12",
            "offers": [{"@type": "Offer", "price": "80", "priceCurrency": "SEK"}],
            "physicalAccessibilityFeatures": ["Elevator/ramp"],
            "maximumAttendeeCapacity": 25,
        },
        {
            "@type": ["Event", "EducationEvent"],
            "@id": "https://x.test/bygg#2",
            "url": "https://x.test/bygg#2",
            "name": "Bygg din stad",
            "startDate": "2022-06-02T10:00",
            "endDate": "2022-06-02T11:30",
            "eventStatus": "EventRescheduled",
            "location": _PLACE,
        },
    ],
}
