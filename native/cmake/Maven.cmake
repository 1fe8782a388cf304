# The Fiji plugin: Maven packs the classes and this platform's libraries into one jar. Debian's own Maven repository is used where
# it is installed (no network), Maven Central elsewhere; fiji-bridge/pom.xml has a profile for each.
find_program(MVN mvn REQUIRED)

set(_bridge "${CMAKE_SOURCE_DIR}/fiji-bridge")
set(_jar "${CMAKE_BINARY_DIR}/plugins/BioDL_.jar")
set(_jar_fiji "${CMAKE_BINARY_DIR}/fiji/plugins/BioDL_.jar")
set(_natives "${CMAKE_BINARY_DIR}/natives")
set(BIODL_MVN "${MVN}" -B -q -f "${_bridge}/pom.xml")
if(EXISTS /usr/share/maven-repo)
    list(APPEND BIODL_MVN -o -Daether.offline.protocols=file -s "${_bridge}/settings-debian.xml" -Pdebian
        "-Dmaven.repo.local=${CMAKE_BINARY_DIR}/maven-repository")
endif()
list(APPEND BIODL_MVN "-Dbiodl.natives=${_natives}" "-Dbiodl.licenses=${BIODL_LICENSES_DIR}" "-Dbiodl.platform=${BIODL_PLATFORM}"
    "-Dbiodl.target=${CMAKE_BINARY_DIR}/fiji-bridge")

# The worker for TorchScript is small and goes with the plugin; libtorch itself (465 MB) does not.
set(_torch)
if(TARGET biodl-torch)
    set(_torch "${biodl-torch_DIR}/biodl-torch")
endif()

file(GLOB_RECURSE _java CONFIGURE_DEPENDS "${_bridge}/src/main/*" "${_bridge}/pom.xml" "${_bridge}/settings-debian.xml")
add_custom_command(
    OUTPUT "${_jar}" "${_jar_fiji}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${_natives}" "${CMAKE_BINARY_DIR}/plugins" "${CMAKE_BINARY_DIR}/fiji/plugins"
    COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${BioDL.Native_DIR}/${BIODL_SHARED}" "${BioDL.Native_DIR}/${BIODL_ORT_LIBRARY}"
            $<TARGET_FILE:biodl_jni> ${_torch} "${_natives}"
    COMMAND ${BIODL_MVN} -DskipTests package
    COMMAND "${CMAKE_COMMAND}" -E copy "${CMAKE_BINARY_DIR}/fiji-bridge/BioDL_.jar" "${_jar}"
    COMMAND "${CMAKE_COMMAND}" -E copy "${CMAKE_BINARY_DIR}/fiji-bridge/BioDL_-fiji.jar" "${_jar_fiji}"
    DEPENDS ${_java} BioDL.Native BioDL.Cli biodl_jni ${_torch} "${BioDL.Native_DIR}/${BIODL_SHARED}"
    COMMENT "Packing the Fiji plugin with Maven"
    VERBATIM)
add_custom_target(plugin ALL DEPENDS "${_jar}")

# What `./build.sh test` runs for JUnit: the same call, with the tests.
list(REMOVE_ITEM BIODL_MVN -q)
string(JOIN "' '" _call ${BIODL_MVN})
file(WRITE "${CMAKE_BINARY_DIR}/junit.sh" "#!/bin/sh\n# made by CMake: the Java tests\nexec '${_call}' test \"$@\"\n")
install(FILES "${_jar}" DESTINATION plugins)

# As Fiji's updater wants it: natives in the folder of their platform, by the updater's name for that; org.biodl.jni.FijiFolder finds them.
# The updater asks no folder for the platform of an executable file, hence libraries are none.
string(REGEX REPLACE "^osx" "macos" _fiji "${BIODL_PLATFORM}")
string(REPLACE "-x64" "64" _fiji "${_fiji}")
install(FILES "${_jar_fiji}" DESTINATION fiji/plugins)
install(FILES "${BioDL.Native_DIR}/${BIODL_SHARED}" "${BioDL.Native_DIR}/${BIODL_ORT_LIBRARY}" $<TARGET_FILE:biodl_jni>
    DESTINATION "fiji/lib/${_fiji}/biodl")
if(_torch)
    install(PROGRAMS "${_torch}" DESTINATION "fiji/lib/${_fiji}/biodl")
endif()
