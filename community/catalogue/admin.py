"""Furniture: brands, products and their versions, for administrators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.catalogue.models import Brand, Product, ProductLine, ProductVersion
from community.live.purging import purge


class VersionInline(admin.TabularInline):
    """The versions of a product, on its page."""

    model = ProductVersion
    extra = 1


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    """A product. What readers see of it changes at once."""

    list_display = ["name", "brand", "line", "position", "is_listed", "question_count", "solved_count"]
    list_filter = ["brand", "line", "is_listed"]
    search_fields = ["name", "tagline"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["question_count", "solved_count"]
    raw_id_fields = ["owner"]
    inlines = [VersionInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        purge("products", f"product-{form.instance.pk}")


@admin.register(Brand)
class BrandAdmin(admin.ModelAdmin):
    """A brand."""

    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Brand, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        purge("products", "questions")


@admin.register(ProductLine)
class ProductLineAdmin(admin.ModelAdmin):
    """A line of products."""

    list_display = ["name", "slug", "position"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: ProductLine, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        purge("products")
