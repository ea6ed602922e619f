"""Departments and people for programs: to read, and only what the person who asks may see."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.routers import SimpleRouter

from .models import Department, RoleAssignment, User
from .permissions import AdministratorReads, SignedInReads


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A department",
            {"code": "roads", "name": "Roads", "parent": "works", "headcount": 40},
            response_only=True,
        )
    ]
)
class DepartmentSerializer(serializers.ModelSerializer):
    """A department; its parent by code."""

    parent = serializers.SlugRelatedField(  # type: ignore[assignment, var-annotated]
        slug_field="code", read_only=True, allow_null=True
    )

    class Meta:
        model = Department
        fields = ["code", "name", "parent", "headcount"]


class RoleSerializer(serializers.ModelSerializer):
    """A role; without a department it is held for the whole agency."""

    department: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", read_only=True, allow_null=True
    )

    class Meta:
        model = RoleAssignment
        fields = ["role", "department"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A person",
            {
                "id": 12,
                "name": "Cora Coordinator",
                "email": "cora@agency.example",
                "department": "works",
                "is_active": True,
                "roles": [{"role": "coordinator", "department": "works"}],
            },
            response_only=True,
        )
    ]
)
class PersonSerializer(serializers.ModelSerializer):
    """A person with their roles. Nothing of passwords, factors or sessions."""

    department: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", read_only=True, allow_null=True
    )
    roles = RoleSerializer(source="role_assignments", many=True, read_only=True)

    class Meta:
        model = User
        fields = ["id", "name", "email", "department", "is_active", "roles"]


class DepartmentViewSet(viewsets.ReadOnlyModelViewSet):
    """The departments that the person who asks may look into."""

    queryset = Department.objects.none()
    serializer_class = DepartmentSerializer
    permission_classes = [SignedInReads]
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Department]:
        """Return what this person may see."""
        user: Any = self.request.user
        return Department.objects.visible_to(user).select_related("parent")


class PersonViewSet(viewsets.ReadOnlyModelViewSet):
    """People, for administrators."""

    queryset = User.objects.none()
    serializer_class = PersonSerializer
    permission_classes = [AdministratorReads]

    def get_queryset(self) -> QuerySet[User]:
        """Return what this person may see."""
        found: QuerySet[User] = User.objects.visible_to(self.request.user)
        return found.select_related("department").prefetch_related("role_assignments__department")


router = SimpleRouter(use_regex_path=False)
router.register("departments", DepartmentViewSet, basename="department")
router.register("people", PersonViewSet, basename="person")
urlpatterns = router.urls
