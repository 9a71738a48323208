#!/usr/bin/env bash
# What Weir costs a build: a project with one pipeline, compiled with the package's generators and analyzers and without them.
# Both compile the same sources against the same assemblies; medians of five rebuilds in turn, the compiler server warm.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet pack src/Runtime -c Release -o "$work/feed" --nologo -v quiet
version=$(ls "$work/feed" | sed -n 's/^Weir\.\([0-9].*\)\.nupkg$/\1/p')
export NUGET_PACKAGES="$work/packages"

make() { # directory, what the reference leaves out
  mkdir -p "$work/$1"
  sed -n '/^## Quick start/,$p' README.md | sed -n '/^```csharp/,/^```$/p' | sed '1d;$d' > "$work/$1/Program.cs"
  cat > "$work/$1/Probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Weir" Version="$version" $2 /></ItemGroup>
</Project>
XML
  printf '<configuration><packageSources><clear /><add key="local" value="%s" /></packageSources></configuration>' "$work/feed" > "$work/$1/nuget.config"
  dotnet restore "$work/$1" -v quiet
}

rebuild_ms() {
  local start
  start=$(date +%s%N)
  dotnet build "$work/$1" --no-restore -t:Rebuild --nologo -v quiet > "$work/log" || { cat "$work/log" >&2; exit 1; }
  echo $((($(date +%s%N) - start) / 1000000))
}

median() { sort -n | sed -n 3p; }

make with ''
make without 'ExcludeAssets="analyzers"'
for _ in 1 2; do rebuild_ms with > /dev/null; rebuild_ms without > /dev/null; done
for _ in 1 2 3 4 5; do
  with=$(rebuild_ms with)
  without=$(rebuild_ms without)
  echo "$with" >> "$work/with.ms"
  echo "$without" >> "$work/without.ms"
  echo $((with - without)) >> "$work/difference.ms"
done
echo "| build of a project with one pipeline | ms |"
echo "|---|---:|"
echo "| without generators and analyzers | $(median < "$work/without.ms") |"
echo "| with | $(median < "$work/with.ms") |"
echo "| difference, median of pairs | $(median < "$work/difference.ms") |"
