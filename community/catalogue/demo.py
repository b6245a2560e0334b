"""The products of the demo, and who owns them."""

from datetime import timedelta

from community.catalogue.models import Brand, Ownership, Product, ProductVersion
from community.staging import Stage, delete_unneeded

BRANDS = {"northlight": "Northlight", "kettle": "Kettle"}
PRODUCTS = {
    # slug: (brand, name, tagline, icon, hue, [(version, days since release), oldest first])
    "beam-2": ("northlight", "Beam 2", "Over-ear headphones with noise cancelling", "headphones", 200,
               [("fw 3.1", 340), ("fw 3.2", 16)]),
    "beam-mini": ("northlight", "Beam Mini", "Earbuds for every day", "earbuds", 60,
                  [("fw 1.8", 330), ("fw 1.9", 45)]),
    "northlight-app": ("northlight", "Northlight App", "Settings, finder and updates", "smartphone", 290,
                       [("iOS 5.2", 325), ("Android 5.2", 324), ("iOS 5.3", 12), ("Android 5.3", 11)]),
    "kettle-one": ("kettle", "Kettle One", "The loudspeaker for one room", "speaker", 20, [("2.4", 200), ("2.5", 25)]),
    "kettle-go": ("kettle", "Kettle Go", "Loudspeaker for outside", "radio", 140, [("1.2", 210), ("1.3", 30)]),
    "kettle-bar": ("kettle", "Kettle Bar", "Sound for the television", "soundbar", 250, [("1.0", 290), ("1.1", 22)]),
}  # fmt: skip
OUTLINES = {
    "beam-2": "Which phone or computer, and its version\nWith LE Audio on or off\nWhat you tried already\n"
    "What you hear or see instead",
    "northlight-app": "Which phone, and the version of the app\nThe step at which it stops\nWhat the screen says then",
    "kettle-bar": "Which television, and which cable (ARC, eARC, optical)\nWhat you tried already",
}
OWNERS = {
    # person: [(product, version, order)]
    "ana": [("beam-2", "fw 3.2", "NL-1001")],
    "ben": [("beam-2", "fw 3.2", "NL-0207"), ("beam-mini", "fw 1.9", "NL-0388"), ("kettle-bar", "1.1", "KT-2040")],
    "mirko": [("beam-mini", "fw 1.9", "NL-1417"), ("kettle-go", "1.3", "KT-3120")],
    "sofie": [("beam-2", "fw 3.2", ""), ("kettle-bar", "1.1", "KT-2291")],
    "henrik": [("beam-2", "fw 3.2", "NL-1188"), ("kettle-bar", "1.1", "KT-2307")],
    "yuki": [("beam-mini", "fw 1.9", "NL-1502")],
    "luca": [("beam-mini", "fw 1.9", ""), ("kettle-go", "1.3", "KT-3099")],
    "ines": [("kettle-one", "2.5", "KT-1733")],
    "greta": [("kettle-one", "2.5", "KT-1801")],
    "priya": [("beam-2", "fw 3.2", "NL-0911"), ("beam-mini", "fw 1.9", "")],
}


def build(stage: Stage) -> None:
    """Brands, products, versions and what people own, before the first act."""
    brands = {slug: Brand.objects.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in BRANDS.items()}
    for position, (slug, (brand, name, tagline, icon, hue, versions)) in enumerate(PRODUCTS.items()):
        facts = {
            "brand": brands[brand], "name": name, "tagline": tagline, "icon": icon, "hue": hue, "position": position,
            "ask_outline": OUTLINES.get(slug, ""), "owner": stage.people["ivo"] if slug.startswith("beam") else None,
        }  # fmt: skip
        product, _new = Product.objects.update_or_create(slug=slug, defaults=facts)  # one may have stayed behind
        stage.props[slug] = product
        for version, days in versions:
            released = (stage.now - timedelta(days=days)).date()
            stage.props[f"{slug} {version}"], _new = ProductVersion.objects.update_or_create(
                product=product, name=version, defaults={"released_at": released}
            )
    for name, owned in OWNERS.items():
        for slug, version, order in owned:
            Ownership.objects.create(
                person=stage.people[name], product=stage.props[slug], version=stage.props[f"{slug} {version}"],
                order_number=order,
            )  # fmt: skip


def remove() -> None:
    """Products without a thread left that nobody else's matter is about, and brands without a product left."""
    delete_unneeded(Product.objects.filter(slug__in=PRODUCTS, threads__isnull=True))
    Brand.objects.filter(slug__in=BRANDS, products__isnull=True).delete()
