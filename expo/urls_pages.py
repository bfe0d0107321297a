"""Addresses of the editions and of what each holds: areas, venues, hosts, themes and events."""

from expo.views import areas, events, expos, hosts, themes, venues
from innovation.addresses import address

page_patterns = [
    address("expo/", expos.expo_list, name="expo-list"),
    address("expo/<slug:edition>/", expos.expo_detail, name="expo-detail"),
    address("expo/<slug:edition>/areas/", areas.area_list, name="area-list"),
    address("expo/<slug:edition>/areas/<slug:slug>/", areas.area_detail, name="area-detail"),
    address("expo/<slug:edition>/venues/<slug:slug>/", venues.venue_detail, name="venue-detail"),
    address("expo/<slug:edition>/hosts/", hosts.host_list, name="host-list"),
    address("expo/<slug:edition>/hosts/<slug:slug>/", hosts.host_detail, name="host-detail"),
    address("expo/<slug:edition>/themes/<slug:slug>/", themes.theme_detail, name="theme-detail"),
    address("expo/<slug:edition>/events/<slug:slug>/", events.event_detail, name="event-detail"),
]
