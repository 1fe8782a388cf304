# The verbs of build.sh on Windows: build, demo [IMAGE] [MODEL], test, bench, gpu, torch, python, docs, format [-Check], clean.
# How things are built is said in CMakeLists.txt, the .csproj files and pom.xml; this script only calls them.
param(
    [string] $Verb = "build",
    [switch] $Check,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Rest = @()
)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
$onWindows = $env:OS -eq "Windows_NT"    # $IsWindows is unknown to Windows PowerShell 5
$biodl = if ($onWindows) { "dist/bin/biodl.exe" } else { "dist/bin/biodl" }

# Invoke-Checked PROGRAM ARGUMENTS: what PowerShell itself would read, such as "--" or "-p:Name=value", is given in quotes.
function Invoke-Checked {
    & $args[0] @($args | Select-Object -Skip 1)
    if ($LASTEXITCODE -ne 0) { throw "$($args -join ' ') ended with $LASTEXITCODE" }
}

function Build {
    foreach ($tool in "cmake", "ninja", "dotnet", "mvn", "java") {
        if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) { throw "missing: $tool. Install CMake, Ninja, the .NET SDK 10, Maven and a JDK 17." }
    }
    if (-not (Test-Path build/release/build.ninja)) { Invoke-Checked cmake "--preset" release }
    Invoke-Checked cmake "--build" "--preset" release
    Invoke-Checked cmake "--install" build/release
}

function Library-Folder { (Get-ChildItem dist/lib -Directory | Select-Object -First 1).FullName }

switch ($Verb) {
    "build" { Build }
    "demo" {
        Build
        New-Item -ItemType Directory -Force out/demo | Out-Null
        $image = if ($Rest.Count -gt 0) { $Rest[0] } else { "out/demo/specimen.tif" }
        if ($Rest.Count -eq 0) { Invoke-Checked $biodl specimen "--out" $image "--labels" out/demo/truth.tif "--overwrite" }
        $model = if ($Rest.Count -gt 1) { @("--model", $Rest[1]) } else { @() }
        Invoke-Checked $biodl segment $image @model "--out" out/demo/labels.tif "--objects" out/demo/objects.csv "--rois" out/demo/rois.zip "--overwrite"
    }
    "test" {
        Build
        $env:BIODL_BUILD_DIR = "$PWD/build/release"
        $env:BIODL_DIST = "$PWD/dist"
        $env:BIODL_RUNTIME_DIR = Library-Folder
        Invoke-Checked dotnet test tests/managed/BioDL.Tests.csproj "-c" Release "--filter" "Category!=Long"
        Invoke-Checked ctest "--preset" release
        Invoke-Checked mvn "-B" "-f" fiji-bridge/pom.xml test
    }
    "bench" {
        Build
        $env:BIODL_RUNTIME_DIR = Library-Folder
        Invoke-Checked dotnet run "-c" Release "--project" tests/bench/BioDL.Bench.csproj "--" @Rest
    }
    "gpu" {
        Build
        $package = Invoke-Checked dotnet msbuild managed/BioDL.Onnx "-getProperty:OnnxRuntimeFolder"
        $providers = Get-ChildItem "$package/*onnxruntime_providers_*"
        if (-not $providers) { throw "$package has no CUDA or TensorRT provider: there is none for this platform" }
        Copy-Item $providers (Library-Folder)
        $providers.Name
    }
    "torch" { throw "TorchScript runs on Linux so far: the worker, biodl-torch, is built there alone" }
    "python" { Build; Invoke-Checked python native/python/wheel.py dist dist/python }
    "docs" { throw "the documentation is made on Linux: ./build.sh docs" }
    "format" {
        $verify = if ($Check) { @("--verify-no-changes") } else { @() }
        Invoke-Checked dotnet format whitespace BioDLNative.sln "--no-restore" @verify
    }
    "clean" { foreach ($folder in "build", "dist", "artifacts", "out") { if (Test-Path $folder) { Remove-Item -Recurse -Force $folder } } }
    default { throw "unknown verb '$Verb': build, demo, test, bench, gpu, torch, python, docs, format, clean" }
}
