"""How a serving process treats its connections and its memory, under the app: uvicorn's protocol made strict."""
