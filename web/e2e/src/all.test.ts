// One process, so that people of the demo log in once. Must not be added here: a test.

import "./journeys.ts";
import "./counter.ts";
import "./once.ts";
import "./looks.ts";
