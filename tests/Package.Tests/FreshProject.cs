namespace Weir.Package.Tests;

/// <summary>
/// A console project as a newcomer makes it: one package reference and a Program.cs, far from this repository's build files.
/// </summary>
internal sealed class FreshProject : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-fresh-");
    private readonly string _packages;

    public FreshProject(PackedFeed feed, string program)
    {
        var package = System.IO.Path.GetFileNameWithoutExtension(feed.PackageOf("Weir"));
        Write("Fresh.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Weir" Version="{package["Weir.".Length..]}" />
              </ItemGroup>
            </Project>
            """);
        // Beside the sources that the machine knows: the package depends on others.
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="local" value="{feed.Path}" />
              </packageSources>
            </configuration>
            """);
        Write("Program.cs", program);
        _packages = feed.Packages;
    }

    public string Path => _directory.FullName;

    public (int ExitCode, string Output) Dotnet(params string[] arguments) => Tests.Dotnet.Run(Path, _packages, arguments);

    /// <summary>The rows of all finished part files, sorted.</summary>
    public IReadOnlyList<string> OutputRows() => [.. Directory
        .EnumerateFiles(System.IO.Path.Combine(Path, "totals"), "*.jsonl")
        .Where(file => System.IO.Path.GetFileName(file)[0] != '.')
        .SelectMany(File.ReadLines)
        .Order(StringComparer.Ordinal)];

    public void Dispose() => _directory.Delete(recursive: true);

    public void Write(string file, string content)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
