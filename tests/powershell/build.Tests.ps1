# build.ps1, run by PowerShell itself in a folder of its own. Tools that would take minutes are stand-ins that write down how they were
# called, an argument a line; the command line is the real one.
BeforeAll {
    $repository = (Resolve-Path "$PSScriptRoot/../..").Path
    $dist = if ($env:BIODL_DIST) { $env:BIODL_DIST } else { "$repository/dist" }
    $path = $env:PATH

    # Run-Build ARGUMENTS: build.ps1 in a PowerShell of its own, as a user types it.
    function Run-Build {
        $output = & "$PSHOME/pwsh" -NoProfile -File "$folder/build.ps1" @args 2>&1 | Out-String
        @{ Code = $LASTEXITCODE; Output = $output; Calls = if (Test-Path "$folder/calls") { Get-Content -Raw "$folder/calls" } else { "" } }
    }

    # Stand-In NAME SCRIPT: a tool of that name, first on the path.
    function Stand-In([string] $name, [string] $script) {
        Set-Content "$folder/tools/$name" "#!/bin/sh`n{ printf '%s\n' $name `"`$@`"; echo; } >>'$folder/calls'`n$script"
        chmod +x "$folder/tools/$name"
    }
}

Describe "build.ps1" {
    BeforeEach {
        $folder = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())").FullName
        New-Item -ItemType Directory "$folder/tools", "$folder/dist/lib/linux-x64" | Out-Null
        Copy-Item "$repository/build.ps1" $folder
        foreach ($tool in "cmake", "ninja", "dotnet", "mvn", "java", "ctest") { Stand-In $tool "exit 0" }
        $env:PATH = "$folder/tools" + [IO.Path]::PathSeparator + $path
    }
    AfterEach { $env:PATH = $path }

    It "is read without an error" {
        $errors = $null
        [System.Management.Automation.Language.Parser]::ParseFile("$folder/build.ps1", [ref] $null, [ref] $errors) | Out-Null
        $errors | Should -BeNullOrEmpty
    }

    It "has the verbs of build.sh" {
        $verbs = { param($text, $pattern) [regex]::Matches($text, $pattern) | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique }
        $ours = & $verbs (Get-Content -Raw "$repository/build.ps1") '(?m)^    "(\w+)" \{'
        $theirs = & $verbs ((Get-Content -Raw "$repository/build.sh") -replace '(?s)^.*\ncase ', '') '(?m)^    (\w+)\)'
        $ours | Should -Be $theirs
    }

    It "configures, builds and installs by default" {
        $run = Run-Build
        $run.Code | Should -Be 0 -Because $run.Output
        $run.Calls | Should -BeLike "*cmake`n--preset`nrelease`n`ncmake`n--build`n--preset`nrelease`n`ncmake`n--install`nbuild/release*"
    }

    It "names a tool that is missing" {
        Remove-Item "$folder/tools/mvn"
        $env:PATH = "$folder/tools"
        $run = Run-Build build
        $run.Code | Should -Not -Be 0
        $run.Output | Should -BeLike "*missing: mvn*"
    }

    It "ends when a step fails, with its exit code" {
        Stand-In "cmake" "exit 7"
        $run = Run-Build build
        $run.Code | Should -Not -Be 0
        $run.Output | Should -BeLike "*cmake --preset release ended with 7*"
        $run.Calls | Should -Not -BeLike "*--install*"
    }

    It "hands the arguments of bench over as they were given" {
        $run = Run-Build bench suppression "two words" --long
        $run.Code | Should -Be 0 -Because $run.Output
        $run.Calls | Should -BeLike "*--project`ntests/bench/BioDL.Bench.csproj`n--`nsuppression`ntwo words`n--long`n*"
    }

    It "tests with what was built" {
        Stand-In "dotnet" 'echo "$BIODL_DIST $BIODL_BUILD_DIR $BIODL_RUNTIME_DIR"'
        $run = Run-Build test
        $run.Code | Should -Be 0 -Because $run.Output
        $run.Output | Should -BeLike "*$folder/dist $folder/build/release $folder/dist/lib/linux-x64*"
        $run.Calls | Should -BeLike "*dotnet`ntest`n*ctest`n--preset`n*mvn`n*test`n*"
    }

    It "adds the providers to the libraries" {
        New-Item -ItemType Directory "$folder/package" | Out-Null
        Set-Content "$folder/package/libonnxruntime_providers_cuda.so" "cuda"
        Set-Content "$folder/package/libonnxruntime.so" "runtime"
        Stand-In "dotnet" "echo '$folder/package'"
        $run = Run-Build gpu
        $run.Code | Should -Be 0 -Because $run.Output
        $run.Calls | Should -BeLike "*-getProperty:OnnxRuntimeFolder*"
        (Get-ChildItem "$folder/dist/lib/linux-x64").Name | Should -Be "libonnxruntime_providers_cuda.so"
    }

    It "says when the package has no providers" {
        New-Item -ItemType Directory "$folder/package" | Out-Null
        Stand-In "dotnet" "echo '$folder/package'"
        $run = Run-Build gpu
        $run.Code | Should -Not -Be 0
        $run.Output | Should -BeLike "*no CUDA or TensorRT provider*"
    }

    It "removes what was built, and nothing where nothing was" {
        New-Item -ItemType Directory "$folder/build", "$folder/src" | Out-Null
        foreach ($time in 1, 2) { (Run-Build clean).Code | Should -Be 0 }
        (Get-ChildItem $folder -Directory).Name | Should -Be @("src", "tools")
    }

    It "refuses an unknown verb and lists those that it has" {
        $run = Run-Build biuld
        $run.Code | Should -Not -Be 0
        $run.Output | Should -BeLike "*unknown verb 'biuld'*build, demo, test*"
    }

    It "segments in the demo, twice, with the command that was built" {
        Remove-Item -Recurse "$folder/dist"
        New-Item -ItemType SymbolicLink "$folder/dist" -Target $dist | Out-Null
        foreach ($time in 1, 2) {
            $run = Run-Build demo
            $run.Code | Should -Be 0 -Because $run.Output
        }
        foreach ($file in "specimen.tif", "truth.tif", "labels.tif", "objects.csv", "rois.zip") { "$folder/out/demo/$file" | Should -Exist }
        (Get-Content "$folder/out/demo/objects.csv").Count | Should -BeGreaterThan 100
    }

    It "segments an image with a name of two words" {
        Remove-Item -Recurse "$folder/dist"
        New-Item -ItemType SymbolicLink "$folder/dist" -Target $dist | Out-Null
        & "$dist/bin/biodl" specimen --out "$folder/two words.tif" --size 256
        $run = Run-Build demo "two words.tif" "builtin:nuclei-fluo-small"
        $run.Code | Should -Be 0 -Because $run.Output
        "$folder/out/demo/labels.tif" | Should -Exist
    }
}
