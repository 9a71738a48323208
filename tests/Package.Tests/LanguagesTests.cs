namespace Weir.Package.Tests;

/// <summary>H33: other languages get the runtime, and a message that says where generated code comes from.</summary>
public sealed class LanguagesTests(PackedFeed feed)
{
    private const string Basic = """
        Imports System.IO
        Imports Weir

        Public Class Order
            Public Property Customer As String
        End Class

        Module Program
            Sub Main()
                File.WriteAllText("orders.csv", "customer" & vbLf & "ann" & vbLf)
                Dim job As New Job("orders")
                job.From(Csv.Read(Of Order)("orders.csv")).Where(Function(o) o.Customer <> "").To(Files.JsonLines(Of Order)("out"))
                job.RunAsync(New JobOptions()).GetAwaiter().GetResult()
            End Sub
        End Module
        """;

    private const string Functional = """
        open System.IO
        open Weir

        [<CLIMutable>]
        type Order = { Customer: string }

        File.WriteAllText("orders.csv", "customer\nann\n")
        let job = Job("orders")
        job.From(Csv.Read<Order>("orders.csv")).Where(fun o -> o.Customer <> "").To(Files.JsonLines<Order>("out")) |> ignore
        job.RunAsync(JobOptions()).GetAwaiter().GetResult() |> ignore
        """;

    [Theory]
    [InlineData("Fresh.vbproj", "Program.vb", Basic)]
    [InlineData("Fresh.fsproj", "Program.fs", Functional)]
    public void H33_another_language_builds_and_is_told_to_use_a_pipeline_of_a_CSharp_project(string name, string file, string program)
    {
        using var project = new FreshProject(feed, "");
        var definition = File.ReadAllText(Path.Combine(project.Path, "Fresh.csproj"));
        File.Delete(Path.Combine(project.Path, "Fresh.csproj"));
        File.Delete(Path.Combine(project.Path, "Program.cs"));
        project.Write(name, name.EndsWith("fsproj", StringComparison.Ordinal)
            ? definition.Replace("<ItemGroup>", $"<ItemGroup><Compile Include=\"{file}\" />", StringComparison.Ordinal)
            : definition);
        project.Write(file, program);

        var build = project.Dotnet("build", "-c", "Release", "-warnaserror");
        Assert.True(build.ExitCode == 0, build.Output);
        var run = project.Dotnet("run", "-c", "Release", "--no-build");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("in a C# project that references the package", run.Output, StringComparison.Ordinal);
    }
}
