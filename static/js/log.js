/* What only the form of a workout does. */
import { run } from "./behaviours.js";
import { initNameCompletion } from "./name-completion.js";

run(initNameCompletion);
