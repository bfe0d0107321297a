import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from innovation.films import find_film, validate_film

YOUTUBE = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={YOUTUBE}",
        f"http://youtube.com/watch?v={YOUTUBE}&t=30s&list=PL1",
        f"https://m.youtube.com/watch?list=PL1&v={YOUTUBE}",
        f"https://music.youtube.com/watch?v={YOUTUBE}",
        f"https://youtu.be/{YOUTUBE}",
        f"https://youtu.be/{YOUTUBE}?si=abc&t=4",
        f"https://www.youtube.com/embed/{YOUTUBE}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{YOUTUBE}",
        f"https://www.youtube.com/shorts/{YOUTUBE}",
        f"https://www.youtube.com/live/{YOUTUBE}?feature=share",
        f"https://www.youtube.com/v/{YOUTUBE}",
        f"  https://WWW.YouTube.com/watch?v={YOUTUBE}  ",
    ],
)
def test_film_at_youtube_is_found_in_every_form_of_address(address):
    film = find_film(address)

    assert film.provider == "YouTube"
    assert film.watch_url == f"https://www.youtube.com/watch?v={YOUTUBE}"
    assert film.embed_url == f"https://www.youtube-nocookie.com/embed/{YOUTUBE}?autoplay=1&rel=0"


@pytest.mark.parametrize(
    "address",
    [
        "https://vimeo.com/123456789",
        "https://www.vimeo.com/123456789/",
        "https://player.vimeo.com/video/123456789?title=0",
        "https://vimeo.com/channels/staffpicks/123456789",
        "https://vimeo.com/groups/shortfilms/videos/123456789",
        "https://vimeo.com/album/1234/video/123456789",
    ],
)
def test_film_at_vimeo_is_found_in_every_form_of_address(address):
    film = find_film(address)

    assert film.provider == "Vimeo"
    assert film.watch_url == "https://vimeo.com/123456789"
    assert film.embed_url == "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"


@pytest.mark.parametrize(
    "address",
    [
        "https://vimeo.com/123456789/abcdef1234",
        "https://player.vimeo.com/video/123456789?h=abcdef1234",
    ],
)
def test_film_that_is_unlisted_at_vimeo_keeps_its_key(address):
    film = find_film(address)

    assert film.watch_url == "https://vimeo.com/123456789/abcdef1234"
    assert film.embed_url.endswith("&h=abcdef1234")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hej",
        "https://example.org/film.mp4",
        "https://youtube.com/",
        "https://youtube.com/watch?v=short",
        f"https://youtube.com/watch?v={YOUTUBE}extra",
        "https://youtube.com/@kanal",
        "https://www.youtube.com/playlist?list=PL1",
        "https://youtu.be/",
        "https://youtube.com/embed",
        f"https://youtube.com.example.org/watch?v={YOUTUBE}",
        f"https://example.org/https://youtu.be/{YOUTUBE}",
        f"ftp://youtube.com/watch?v={YOUTUBE}",
        f"javascript:alert('https://youtu.be/{YOUTUBE}')",
        "https://vimeo.com/staff",
        "https://vimeo.com/12",
        'https://vimeo.com/123456789/"onload=',
        "https://[half-an-address",
        f"https://youtu.be/{YOUTUBE[:-1]}\u200f",
    ],
)
def test_film_is_not_found_elsewhere(address):
    assert find_film(address) is None
    with translation.override("en"), pytest.raises(ValidationError, match="^.'This is no film at"):
        validate_film(address)


def test_player_of_a_foreign_key_is_given_no_key():
    film = find_film("https://player.vimeo.com/video/123456789?h=x%22%3E")

    assert film.embed_url == "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"
