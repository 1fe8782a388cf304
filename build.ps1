# The verbs of build.sh on Windows: build, demo [IMAGE] [MODEL], test, bench, gpu, clean.
# How things are built is said in CMakeLists.txt, the .csproj files and pom.xml; this script only calls them.
param([string] $Verb = "build", [Parameter(ValueFromRemainingArguments)] [string[]] $Rest)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot

function Invoke-Checked {
    & $args[0] @($args | Select-Object -Skip 1)
    if ($LASTEXITCODE -ne 0) { throw "$($args -join ' ') ended with $LASTEXITCODE" }
}

function Build {
    foreach ($tool in "cmake", "ninja", "dotnet", "mvn", "java") {
        if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) { throw "missing: $tool. Install CMake, Ninja, the .NET SDK 10, Maven and a JDK 17." }
    }
    if (-not (Test-Path build/release/build.ninja)) { Invoke-Checked cmake --preset release }
    Invoke-Checked cmake --build --preset release
    Invoke-Checked cmake --install build/release
}

switch ($Verb) {
    "build" { Build }
    "demo" {
        Build
        $image = if ($Rest.Count -gt 0) { $Rest[0] } else { "out/demo/specimen.tif" }
        New-Item -ItemType Directory -Force out/demo | Out-Null
        if ($Rest.Count -eq 0) { Invoke-Checked dist/bin/biodl.exe specimen --overwrite --out $image --labels out/demo/truth.tif }
        $model = if ($Rest.Count -gt 1) { @("--model", $Rest[1]) } else { @() }
        Invoke-Checked dist/bin/biodl.exe segment $image @model --overwrite --out out/demo/labels.tif --objects out/demo/objects.csv --rois out/demo/rois.zip
    }
    "test" {
        Build
        Invoke-Checked dotnet test tests/managed/BioDL.Tests.csproj -c Release
        Invoke-Checked ctest --preset release
        Invoke-Checked mvn -B -f fiji-bridge/pom.xml test
    }
    "bench" { Build; Invoke-Checked dotnet run -c Release --project tests/bench/BioDL.Bench.csproj -- @Rest }
    "gpu" {
        Build
        $package = Invoke-Checked dotnet msbuild managed/BioDL.Onnx "-getProperty:OnnxRuntimeFolder"
        $into = Get-ChildItem dist/lib -Directory | Select-Object -First 1
        Copy-Item "$package/*onnxruntime_providers_*" $into
    }
    "clean" { Remove-Item -Recurse -Force build, dist, artifacts, out -ErrorAction SilentlyContinue }
    default { throw "unknown verb '$Verb': build, demo, test, bench, gpu, clean" }
}
