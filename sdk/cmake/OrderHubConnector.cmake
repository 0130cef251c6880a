# orderhub_add_connector(NAME [BOOST_JSON] SOURCES...): a connector as NAME.so in BUILD/connectors, from C or C++ sources
# and manifest.json in the current folder. The manifest becomes ORDERHUB_MANIFEST in <orderhub_manifest.hpp>
# (C++) and <orderhub_manifest.h> (C). BOOST_JSON: documents are boost::json::object. The object library
# NAME_objects is what its tests link.
set(ORDERHUB_CONNECTOR_MAP ${CMAKE_CURRENT_LIST_DIR}/connector.map)

# The manifest as a string literal, line by line: not every compiler takes a raw one in a macro.
function(orderhub_manifest_headers manifest folder)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
  file(READ ${manifest} text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REPLACE "\n" "\\n\" \\\n    \"" text "${text}")
  foreach(header orderhub_manifest.h orderhub_manifest.hpp)
    file(CONFIGURE OUTPUT ${folder}/${header}
         CONTENT "#ifndef ORDERHUB_MANIFEST\n#define ORDERHUB_MANIFEST \\\n    \"@text@\"\n#endif\n" @ONLY)
  endforeach()
endfunction()

function(orderhub_add_connector name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "BOOST_JSON" "" "")
  orderhub_manifest_headers(${CMAKE_CURRENT_SOURCE_DIR}/manifest.json ${CMAKE_CURRENT_BINARY_DIR}/generated)
  add_library(${name}_objects OBJECT ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(${name}_objects PUBLIC ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR}/generated)
  target_link_libraries(${name}_objects PUBLIC OrderHubSDK::sdk)
  if(arg_BOOST_JSON)
    target_link_libraries(${name}_objects PUBLIC OrderHubSDK::boost)
  endif()
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("CXX" IN_LIST languages)
    target_compile_features(${name}_objects PUBLIC cxx_std_20)
  endif()
  set_target_properties(${name}_objects PROPERTIES POSITION_INDEPENDENT_CODE ON
                        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  add_library(${name} MODULE $<TARGET_OBJECTS:${name}_objects>)
  target_link_libraries(${name} PRIVATE ${name}_objects)
  set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/connectors)
  # libstdc++ gives some of its templates default visibility, whatever the compiler is told. Under a sanitizer its
  # runtime is in the program that loads the library, so not all symbols are defined here.
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL
                      $<$<NOT:$<BOOL:${ORDERHUB_SANITIZE}>>:-Wl,-z,defs>
                      -Wl,--version-script=${ORDERHUB_CONNECTOR_MAP})
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${ORDERHUB_CONNECTOR_MAP})
endfunction()
