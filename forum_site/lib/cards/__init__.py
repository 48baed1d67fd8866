"""Pictures of 1200 by 630 that other sites show when an address is passed on."""

from forum_site.lib.cards.picture import DRAWING, Card, draw_card
from forum_site.lib.cards.typefaces import can_draw

__all__ = ["DRAWING", "Card", "can_draw", "draw_card"]
