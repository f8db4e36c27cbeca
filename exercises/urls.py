from django.urls import path

from exercises import views

app_name = "exercises"

urlpatterns = [
    path("muscles/", views.muscle_list, name="muscles"),
    path("muscles/<slug:slug>/", views.muscle_detail, name="muscle"),
    path("muscles/<slug:slug>/card.png", views.muscle_card, name="muscle-card"),
    path("exercises/", views.exercise_list, name="exercises"),
    path("exercises/compare/", views.compare, name="compare"),
    path("exercises/<slug:slug>/", views.exercise_detail, name="exercise"),
    path("exercises/<slug:slug>/card.png", views.exercise_card, name="exercise-card"),
]
