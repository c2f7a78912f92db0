/** A module that uses the library. */
module demo {
    requires io.presence;

    exports demo;
}
