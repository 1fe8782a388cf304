#!/usr/bin/env bash
# build.ps1 under PowerShell (a local .NET tool) with Pester (a package of the test project); closes with "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet tool restore >/dev/null
packages=$(dotnet msbuild tests/managed/BioDL.Tests.csproj -getProperty:NuGetPackageRoot)
exec dotnet pwsh -NoProfile -Command "
    Import-Module '$packages/pester/6.2.0/tools/Pester.psd1'
    \$result = Invoke-Pester -Path tests/powershell -PassThru
    \"\$(\$result.PassedCount) passed, \$(\$result.FailedCount + \$result.FailedBlocksCount + \$result.FailedContainersCount) failed, \$(\$result.SkippedCount + \$result.NotRunCount) skipped\"
    exit [int](\$result.Result -ne 'Passed')"
