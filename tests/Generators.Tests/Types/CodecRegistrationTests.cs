using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Codecs;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Types;

/// <summary>A library and an application that both write codecs for the library's types, built and loaded as two assemblies.</summary>
public sealed class CodecRegistrationTests
{
    private const string Library = """
        namespace Lib;
        public enum Tier { Bronze, Silver }
        [Weir.GenerateCodec] public sealed record Order(int Id, Tier Tier);
        public static class Uses { public static string Own() => Weir.Codecs.Of<Tier>().Schema.ToString(); }
        """;

    private const string Application = """
        namespace App;
        [Weir.GenerateCodec] public sealed record Basket(Lib.Order Order, Lib.Tier Tier, System.Collections.Generic.List<Lib.Order> All);
        public static class Uses
        {
            public static string Schema() => Weir.Codecs.Of<Basket>().Schema + " " + Weir.Codecs.Of<Lib.Tier>().Schema + " "
                + Weir.Codecs.Of<Lib.Order>().Schema + " " + Weir.Codecs.Of<System.Collections.Generic.List<Lib.Order>>().Schema;
        }
        """;

    [Theory]
    [InlineData(Library)]
    [InlineData("""
        namespace Lib;
        public enum Tier { Bronze, Silver, Gold }
        [Weir.GenerateCodec] public sealed record Order(int Id, Tier Tier);
        public static class Uses { public static string Own() => Weir.Codecs.Of<Tier>().Schema.ToString(); }
        """)]
    public void H30_the_codec_of_a_type_is_that_of_its_own_assembly_whichever_is_loaded_first(string libraryThatRuns)
    {
        var compiledAgainst = Build("Lib", Library);
        var library = Build("Lib", libraryThatRuns);
        var application = Build("App", Application, MetadataReference.CreateFromImage(compiledAgainst));
        var schemas = new[] { "Lib", "App", "none" }.Select(first => Schema(library, application, first)).ToArray();
        Assert.Single(schemas.Distinct(StringComparer.Ordinal));
        Assert.Equal(libraryThatRuns.Contains("Gold", StringComparison.Ordinal), schemas[0].Contains("Gold:2", StringComparison.Ordinal));
    }

    [Fact]
    public void H30_what_is_registered_by_hand_counts_before_what_was_generated()
    {
        var library = Build("Lib", Library + "public sealed class Own : Weir.Codec<Tier> { public override Weir.Schema Schema => "
            + "Weir.Schema.Of(\"own\"); public override void Write(ref MessagePack.MessagePackWriter w, in Tier v) => w.Write((int)v); "
            + "public override Tier Read(ref MessagePack.MessagePackReader r) => (Tier)r.ReadInt32(); } public static class Hand { "
            + "[System.Runtime.CompilerServices.ModuleInitializer] internal static void Run() => Weir.Codecs.Register(new Own()); }");
        Assert.EndsWith("own", Schema(library, Build("App", Application, MetadataReference.CreateFromImage(library)), "App")
            .Split(' ')[1], StringComparison.Ordinal);
    }

    private static string Schema(byte[] library, byte[] application, string first)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var lib = context.LoadFromStream(new MemoryStream(library));
        var app = context.LoadFromStream(new MemoryStream(application));
        if (first != "none")
        {
            RuntimeHelpers.RunModuleConstructor((first == "Lib" ? lib : app).ManifestModule.ModuleHandle);
        }

        return (string)app.GetType("App.Uses")!.GetMethod("Schema", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [])!;
    }

    private static byte[] Build(string name, string source, params MetadataReference[] references)
    {
        var compilation = Compile.Source(source).WithAssemblyName(name).AddReferences(references);
        CSharpGeneratorDriver.Create([new CodecGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _);
        using var image = new MemoryStream();
        var emitted = whole.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return image.ToArray();
    }
}
