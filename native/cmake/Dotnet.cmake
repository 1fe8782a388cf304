# The C# parts: publish the library and the command with NativeAOT.
# Nothing runs when no source has changed. dotnet calls share intermediate files, so one runs at a time.
find_program(DOTNET dotnet)
set(_sdk "none")
if(DOTNET)
    execute_process(COMMAND "${DOTNET}" --version WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE _sdk OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT _sdk VERSION_GREATER_EQUAL 10.0.100)
    message(FATAL_ERROR "BioDLNative is built with the .NET SDK 10.0.100 or newer; found here: ${_sdk}. Install it from https://dotnet.microsoft.com/download.")
endif()
set_property(GLOBAL APPEND PROPERTY JOB_POOLS dotnet=1)

set(_managed "${CMAKE_SOURCE_DIR}/managed")
file(GLOB_RECURSE _sources CONFIGURE_DEPENDS
    "${_managed}/BioDL.*/*.cs" "${_managed}/BioDL.*/*.csproj"
    "${_managed}/BioDL.Models/builtin/*.yaml" "${_managed}/BioDL.Models/builtin/*.onnx")
list(FILTER _sources EXCLUDE REGEX "/managed/(BioDL.Native|BioDL.Cli|BioDL.Bindings)/")
list(APPEND _sources "${CMAKE_SOURCE_DIR}/Directory.Build.props" "${CMAKE_SOURCE_DIR}/Directory.Packages.props")

# The licences of what is published are gathered with it, a folder a package, for dist/ and the jar: Licenses.cmake says how.
set(BIODL_LICENSES_DIR "${CMAKE_BINARY_DIR}/licenses")
set(_licenses "${CMAKE_SOURCE_DIR}/native/licenses")
set(_gather "${CMAKE_CURRENT_LIST_DIR}/Licenses.cmake")
file(GLOB _license_texts CONFIGURE_DEPENDS "${_licenses}/*.txt")

# biodl_publish(PROJECT OUTPUT): publish managed/PROJECT; OUTPUT is the file that a publish makes.
function(biodl_publish project output)
    set(folder "${CMAKE_BINARY_DIR}/publish/${project}")
    file(GLOB_RECURSE own CONFIGURE_DEPENDS "${_managed}/${project}/*.cs" "${_managed}/${project}/*.csproj")
    add_custom_command(
        OUTPUT "${folder}/${output}"
        COMMAND "${DOTNET}" publish "${_managed}/${project}" -c Release -r ${BIODL_PLATFORM} -o "${folder}" -nologo -v:quiet
        COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/${output}"
        COMMAND "${CMAKE_COMMAND}" "-DASSETS=${CMAKE_SOURCE_DIR}/artifacts/obj/${project}/project.assets.json" -DRID=${BIODL_PLATFORM}
            "-DTEXTS=${_licenses}" "-DOUTPUT=${BIODL_LICENSES_DIR}" -P "${_gather}"
        DEPENDS ${_sources} ${own} ${_license_texts} "${_gather}"
        COMMENT "Publishing ${project} with NativeAOT"
        JOB_POOL dotnet
        VERBATIM)
    add_custom_target(${project} ALL DEPENDS "${folder}/${output}")
    set(${project}_DIR "${folder}" PARENT_SCOPE)
endfunction()

set(BIODL_ORT_LIBRARY "${CMAKE_SHARED_LIBRARY_PREFIX}onnxruntime${CMAKE_SHARED_LIBRARY_SUFFIX}")
biodl_publish(BioDL.Native "${BIODL_SHARED}")
biodl_publish(BioDL.Cli "biodl${CMAKE_EXECUTABLE_SUFFIX}")
# The worker that runs TorchScript: on Linux so far. libtorch is no part of it; ./build.sh torch and `biodl torch install` bring it.
if(BIODL_PLATFORM STREQUAL "linux-x64")
    biodl_publish(biodl-torch biodl-torch)
    install(PROGRAMS "${biodl-torch_DIR}/biodl-torch" DESTINATION "${BIODL_LIBRARY_DIR}")
endif()

include(Library)
add_dependencies(biodl_imported BioDL.Native)

install(FILES "${BioDL.Native_DIR}/${BIODL_SHARED}" "${BioDL.Native_DIR}/${BIODL_ORT_LIBRARY}" DESTINATION "${BIODL_LIBRARY_DIR}")
install(PROGRAMS "${BioDL.Cli_DIR}/biodl${CMAKE_EXECUTABLE_SUFFIX}" DESTINATION bin)

# What an earlier build put into dist/licenses may be gone from the packages.
install(CODE "file(REMOVE_RECURSE \"\${CMAKE_INSTALL_PREFIX}/licenses\")")
install(DIRECTORY "${BIODL_LICENSES_DIR}/" DESTINATION licenses)
