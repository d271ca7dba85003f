"""Addresses of orders: the desk, the room, and what anybody may open."""

from django.urls import URLPattern

desk_urls: list[URLPattern] = []
room_urls: list[URLPattern] = []
public_urls: list[URLPattern] = []
api_urls: list[URLPattern] = []
