using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Reading;

namespace Weir.Generators.Tests.Reading;

/// <summary>Which declarations are bound anew after an edit: the transform itself, and not the steps behind it.</summary>
public sealed class SiteMemoTests
{
    private const string Records = """
        namespace Air;

        public sealed record Flight(string Origin, long Departure, int Delay);

        public sealed record Total(string Origin, int Flights);
        """;

    private const string First = """
        using Weir;

        namespace Air;

        public static class First
        {
            [Pipeline]
            public static void Define(Job job, string input, ISink<Total> sink) => job
                .From(Csv.Read<Flight>(input))
                .WithEventTime(f => f.Departure, TimeSpan.Zero)
                .Where(f => f.Delay > Limits.Least) // late
                .KeyBy(f => f.Origin)
                .Window(Tumbling.Of(TimeSpan.FromHours(1)))
                .Aggregate(g => new Total(g.Key, g.Count()))
                .To(sink);

            [Pipeline]
            public static void Numbers(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Where(n => n > 1).To(sink);

            private static int Unused() => 1;
        }
        """;

    private const string Second = """
        using Weir;

        namespace Air;

        public static class Second
        {
            [Pipeline]
            public static void Define(Job job, ISource<Air.Flight> source, ISink<int> sink) => job
                .From(source).Where(f => Limits.Allows(f.Delay)).Select(f => f.Delay).To(sink);

            [Pipeline]
            public static void Helped(Job job, ISource<int> source, ISink<int> sink) => Steps.Positive(job.From(source)).To(sink);
        }
        """;

    private const string Limits = """
        namespace Air;

        public static class Limits
        {
            public const int Least = 15;

            public static bool Allows(int delay) => delay < 100;
        }
        """;

    private const string Service = """
        namespace Air;

        public sealed class Service
        {
            public int Count { get; set; }

            // Adds up.
            public int Add(int more) => Count + more;
        }
        """;

    private const string Steps = """
        using Weir;

        namespace Air;

        public static class Steps
        {
            public static Stream<int> Positive(Stream<int> numbers) => numbers.Where(n => n > 0);

            public static int Other() => 1;
        }
        """;

    private static readonly string[] OfFirst = ["Air.First.Define", "Air.First.Numbers"];
    private static readonly string[] OfSecond = ["Air.Second.Define", "Air.Second.Helped"];

    [Fact]
    public void Every_site_is_bound_once_for_all_generators()
    {
        var memo = new SiteMemo();
        var compilation = Program();
        Solution.Driver(memo).RunGenerators(compilation, TestContext.Current.CancellationToken);

        Assert.Equal([.. OfFirst, .. OfSecond], memo.ReadAnew(compilation).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Service.cs", "Count + more", "Count - more")]
    [InlineData("Service.cs", "// Adds up.", "// Adds\n\n    // all up.")]
    [InlineData("Service.cs", "public int Count { get; set; }", "public int Count { get; set; } public string Name => \"\";")]
    [InlineData("Service.cs", "public sealed class Service", "public sealed class Another; public sealed class Service")]
    [InlineData("Service.cs", "namespace Air;", "using System.Text; namespace Air;")]
    [InlineData("Service.cs", "Count + more;", "Count + mo")]
    [InlineData("Steps.cs", "Other() => 1", "Other() => 2")]
    [InlineData("First.cs", "// late", "// too late")]
    [InlineData("First.cs", "Unused() => 1", "Unused() => 2")]
    public void An_edit_that_no_pipeline_can_see_binds_none(string path, string from, string to)
    {
        // A comment in a pipeline is part of its text.
        string[] expected = from == "// late" ? ["Air.First.Define"] : [];
        Assert.Equal(expected, AnewAfter(path, from, to));
    }

    [Theory]
    [InlineData("n > 1", "n > 2", "Air.First.Numbers")]
    [InlineData("g.Count()", "g.Count(f => f.Delay > 1)", "Air.First.Define")]
    public void An_edit_in_a_lambda_binds_its_own_pipeline(string from, string to, string pipeline) =>
        Assert.Equal([pipeline], AnewAfter("First.cs", from, to));

    [Fact]
    public void A_constant_binds_the_pipelines_whose_file_names_its_type() =>
        Assert.Equal([.. OfFirst, .. OfSecond], AnewAfter("Limits.cs", "Least = 15", "Least = 16"));

    [Fact]
    public void A_record_binds_the_pipelines_that_its_name_leads_to() =>
        Assert.Equal([.. OfFirst, .. OfSecond], AnewAfter("Records.cs", "int Delay)", "int Delay, int Gate)"));

    [Fact]
    public void A_record_that_one_file_alone_names_binds_the_pipelines_of_that_file() =>
        Assert.Equal(OfFirst, AnewAfter("Records.cs", "int Flights)", "long Flights)"));

    [Fact]
    public void The_body_of_a_helper_that_was_followed_binds_the_pipelines_that_followed_it() =>
        Assert.Equal(["Air.Second.Helped"], AnewAfter("Steps.cs", "n > 0", "n >= 0"));

    [Fact]
    public void Options_and_references_bind_everything()
    {
        var memo = new SiteMemo();
        var before = Program();
        var driver = Solution.Driver(memo).RunGenerators(before, TestContext.Current.CancellationToken);
        var after = before.WithOptions(before.Options.WithOverflowChecks(true));
        driver.RunGenerators(after, TestContext.Current.CancellationToken);

        Assert.Equal([.. OfFirst, .. OfSecond], memo.ReadAnew(after).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Options_of_the_compiler_server_whose_parts_refuse_to_be_compared_are_no_obstacle()
    {
        var memo = new SiteMemo();
        var before = WithServerOptions(Program());
        var after = WithServerOptions(Program().With(
            "Service.cs", static text => text.Replace("// Adds up.", "// Adds.", StringComparison.Ordinal)));

        // A second build by the same server is a driver of its own.
        var first = Solution.Driver(memo).RunGenerators(before, TestContext.Current.CancellationToken).Everything();
        var second = Solution.Driver(memo).RunGenerators(after, TestContext.Current.CancellationToken).Everything();

        Assert.Contains("InterceptsLocation", first, StringComparison.Ordinal);
        Assert.Equal(first.Length, second.Length);
        Assert.Empty(memo.ReadAnew(after));

        static CSharpCompilation WithServerOptions(CSharpCompilation compilation) =>
            CSharpCompilation.Create(
                compilation.AssemblyName, compilation.SyntaxTrees, compilation.References,
                compilation.Options.WithMetadataReferenceResolver(new ServerResolver()));
    }

    [Fact]
    public void Two_projects_that_share_files_do_not_disturb_each_other()
    {
        var memo = new SiteMemo();
        var one = Program();
        var other = one.WithAssemblyName("Other").WithOptions(one.Options.WithOverflowChecks(true));
        var (ofOne, ofOther) = (Solution.Driver(memo).RunGenerators(one, default), Solution.Driver(memo).RunGenerators(other, default));
        for (var i = 0; i < 3; i++)
        {
            one = one.With("Service.cs", text => text.Replace("// Adds up.", $"// Adds {i}\n// Adds up.", StringComparison.Ordinal));
            other = other.With("Service.cs", text => text.Replace("// Adds up.", $"// Adds {i}\n// Adds up.", StringComparison.Ordinal));
            ofOne = ofOne.RunGenerators(one, TestContext.Current.CancellationToken);
            ofOther = ofOther.RunGenerators(other, TestContext.Current.CancellationToken);

            Assert.Empty(memo.ReadAnew(one));
            Assert.Empty(memo.ReadAnew(other));
            Assert.Equal(Solution.Driver(new SiteMemo()).RunGenerators(other, default).Everything(), ofOther.Everything());
        }
    }

    [Fact]
    public void A_reading_that_is_cancelled_leaves_nothing_wrong_behind()
    {
        var memo = new SiteMemo();
        var compilation = Program();
        Assert.Throws<OperationCanceledException>(() => memo.Read(compilation, new CancellationToken(canceled: true)));

        Assert.Equal(
            Solution.Driver(new SiteMemo()).RunGenerators(compilation, TestContext.Current.CancellationToken).Everything(),
            Solution.Driver(memo).RunGenerators(compilation, TestContext.Current.CancellationToken).Everything());
    }

    private static CSharpCompilation Program() => Solution.Of(
        ("Records.cs", Records), ("First.cs", First), ("Second.cs", Second), ("Limits.cs", Limits), ("Service.cs", Service), ("Steps.cs", Steps));

    private static IEnumerable<string> AnewAfter(string path, string from, string to)
    {
        var memo = new SiteMemo();
        var before = Program();
        var driver = Solution.Driver(memo).RunGenerators(before, TestContext.Current.CancellationToken);
        var after = before.With(path, text => text.Replace(from, to, StringComparison.Ordinal));
        driver = driver.RunGenerators(after, TestContext.Current.CancellationToken);

        Assert.Equal(
            Solution.Driver(new SiteMemo()).RunGenerators(after, TestContext.Current.CancellationToken).Everything(), driver.Everything());
        return memo.ReadAnew(after).Order(StringComparer.Ordinal);
    }

    // As the compiler's own.
    private sealed class ServerResolver : MetadataReferenceResolver
    {
        public override bool Equals(object? other) => throw new NotImplementedException();

        public override int GetHashCode() => 1;

        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];
    }
}
