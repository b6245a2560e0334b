"""The people of the tests, by their first names: `cast.ana` makes Ana when a test first asks for her."""

from functools import cached_property

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

from community.catalogue.models import Brand, Ownership, Product, ProductVersion
from community.people.joining import confirm_address
from community.people.models import Grant, Person, Persona
from community.people.roles import STAFF_ROLES, Role

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Cast:
    """Everybody in the scenario, with the products of Northlight Audio."""

    def person(
        self, name: str, role: Role | None = None, brand: str = "", domain: str = "example.org", **fields
    ) -> Person:
        person = Person.objects.create_user(name, f"{name}@{domain}", "porchlight-" + name, **fields)
        if role:
            Grant.objects.create(person=person, role=role, brand=brand, reason="cast")
        if role in STAFF_ROLES:
            self.second_factor(person)
        return person

    def confirm(self, person: Person) -> Person:
        """Their address is known to be theirs, so that they can sign in by the page."""
        confirm_address(person)
        return person

    def second_factor(self, person: Person) -> None:
        """An app that makes codes for sign-in, which staff must have."""
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(TOTP_SECRET)})

    def staff(self, name: str, role: Role, alias: str = "", brand: str = "") -> Person:
        person = self.person(name, role, brand, domain="northlight.example")
        Persona.objects.introduce(person, alias=alias or name.capitalize())
        return person

    @cached_property
    def northlight(self) -> Brand:
        return Brand.objects.create(name="Northlight", slug="northlight")

    @cached_property
    def kettle(self) -> Brand:
        return Brand.objects.create(name="Kettle", slug="kettle")

    @cached_property
    def beam2(self) -> Product:
        product = Product.objects.create(brand=self.northlight, name="Beam 2", slug="beam-2", icon="headphones")
        ProductVersion.objects.create(product=product, name="fw 3.1", released_at="2026-03-02")
        ProductVersion.objects.create(product=product, name="fw 3.2", released_at="2026-10-05")
        return product

    @cached_property
    def kettle_one(self) -> Product:
        return Product.objects.create(brand=self.kettle, name="Kettle One", slug="kettle-one", icon="speaker")

    @cached_property
    def fw32(self) -> ProductVersion:
        return self.beam2.versions.get(name="fw 3.2")

    @cached_property
    def ana(self) -> Person:
        ana = self.person("ana", locale="de")
        Ownership.objects.create(person=ana, product=self.beam2, version=self.fw32, order_number="NL-1001")
        return ana

    @cached_property
    def ben(self) -> Person:
        return self.person("ben", Role.CHAMPION, level=3)

    @cached_property
    def chris(self) -> Person:
        return self.person("chris")

    @cached_property
    def dora(self) -> Person:
        return self.staff("dora", Role.AGENT, "Dora, Bluetooth")

    @cached_property
    def emil(self) -> Person:
        return self.staff("emil", Role.AGENT, "Emil")

    @cached_property
    def fay(self) -> Person:
        return self.staff("fay", Role.SUPERVISOR, "Fay")

    @cached_property
    def gil(self) -> Person:
        return self.staff("gil", Role.PARTNER_AGENT, "Gil", brand="kettle")

    @cached_property
    def hana(self) -> Person:
        return self.staff("hana", Role.COMMUNITY_MANAGER, "Hana")

    @cached_property
    def ivo(self) -> Person:
        return self.staff("ivo", Role.PRODUCT_OWNER, "Ivo")

    @cached_property
    def jo(self) -> Person:
        return self.staff("jo", Role.AUDITOR, "Jo")

    @cached_property
    def kim(self) -> Person:
        return self.staff("kim", Role.ADMINISTRATOR, "Kim")

    @cached_property
    def leo(self) -> Person:
        return self.person("leo", domain="northlight.example")

    @cached_property
    def mallory(self) -> Person:
        """Must be refused everything."""
        return self.person("mallory")
