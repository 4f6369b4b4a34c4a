// Set up before each test file: property tests generate the same cases in each run, other ones with SLUICE_TEST_FULL=1.
import * as fc from "fast-check";
import { testSeed } from "./test-seed.ts";

fc.configureGlobal({ seed: testSeed });
