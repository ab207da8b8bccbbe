"""``python -m gazetteer`` is the command line."""

from gazetteer.cli import main

if __name__ == "__main__":
    main()
