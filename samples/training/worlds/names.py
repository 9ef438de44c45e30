"""Invented names. No two people, places or pets of one world share a name."""

import random

_ONSETS = "B Br C Ch D Dr F Fl G Gr H J K Kr L M N P Pr R S Sh Sk St T Th Tr V W Y Z".split()
_VOWELS = "a e i o u a e i o ai ea oa ei ou".split()
_MIDDLES = "l r n m s t d v b g k z th sh rr ll nd lm rk st rv nt ld sk mb".split()
_ENDS = "l n r s t d k m th sh nd rn st x ck lt".split()
_SURNAMES = (
    "croft dale field ford garth gate grave ham hill hurst ley low mark mere moor ridge rook shaw "
    "stead thorp thwaite toft wick wood worth wright bridge brook combe fold"
).split()
_PLACES = (
    "bury by cester combe den fell firth ford haven holm holt hythe keld mere minster mouth ness "
    "pool port stoke stow tarn ton wath wick wold"
).split()


class NameSource:
    """Draws names that have not been drawn from this source before."""

    def __init__(self, rng: random.Random):
        self._rng = rng
        self._taken: set[str] = set()

    def _fresh(self, make) -> str:
        while True:
            name = make()
            if name not in self._taken:
                self._taken.add(name)
                return name

    def _stem(self, syllables: int) -> str:
        r = self._rng
        parts = [r.choice(_ONSETS), r.choice(_VOWELS)]
        for _ in range(syllables - 1):
            parts += [r.choice(_MIDDLES), r.choice(_VOWELS)]
        return "".join(parts)

    def given(self) -> str:
        r = self._rng
        return self._fresh(
            lambda: self._stem(r.choice((1, 2, 2))) + (r.choice(_ENDS) if r.random() < 0.7 else "")
        )

    def family(self) -> str:
        r = self._rng
        return self._fresh(lambda: self._stem(1) + r.choice(_MIDDLES[:12]) + r.choice(_SURNAMES))

    def place(self) -> str:
        r = self._rng
        return self._fresh(lambda: self._stem(1) + r.choice(_MIDDLES[:10]) + r.choice(_PLACES))

    def pet(self) -> str:
        r = self._rng
        return self._fresh(lambda: self._stem(1) + r.choice(_ENDS) + r.choice(("", "y", "o", "kin")))
