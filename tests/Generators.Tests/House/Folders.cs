using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Tests.House;

/// <summary>Which folder of <c>src/Runtime</c> uses which, as the compiler sees it. A folder inside another counts for itself.</summary>
internal sealed class Folders
{
    private const string Root = "src/Runtime";

    private static readonly Lazy<Folders> Read = new(static () => new Folders());

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);

    private readonly List<string> _unseen = [];

    private Folders()
    {
        var trees = Repository.Files(Root, "*.cs").Select(file => Tree(File.ReadAllText(file), file)).ToList();
        var compilation = CSharpCompilation.Create(
            "Weir.Runtime",
            [.. trees, Usings],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            var user = FolderOf(tree);
            _uses.TryAdd(user, new(StringComparer.Ordinal));
            foreach (var name in tree.GetRoot().DescendantNodes(static node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
            {
                var found = model.GetSymbolInfo(name);
                var symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
                if (symbol is null && !name.IsVar && !name.IsNotNull && name.Identifier.ValueText != "nameof")
                {
                    _unseen.Add(PlaceOf(name));
                }
                else if (FolderOf(symbol, user) is { } used && used != user)
                {
                    _uses[user].TryAdd(used, PlaceOf(name));
                }
            }
        }
    }

    /// <summary>Gets the folders as they are now; read once.</summary>
    public static Folders Now => Read.Value;

    /// <summary>Gets the folders that hold files, by their paths below <c>src/Runtime</c>; the root itself is <c>.</c>.</summary>
    public IReadOnlyCollection<string> Names => _uses.Keys;

    /// <summary>Gets the names that the compiler could make nothing of: uses that nobody would notice.</summary>
    public IReadOnlyCollection<string> Unseen => _unseen;

    /// <summary>What a folder uses, each with the first place where it does.</summary>
    public IReadOnlyDictionary<string, string> UsedBy(string folder) => _uses[folder];

    /// <summary>The folders from low to high, a layer at a time; those that stand in a ring come last, together.</summary>
    public IEnumerable<IReadOnlyList<string>> Layers()
    {
        var left = _uses.Keys.ToList();
        while (left.Count > 0)
        {
            var layer = left.Where(folder => !_uses[folder].Keys.Any(left.Contains)).ToList();
            layer = layer.Count == 0 ? left : layer;
            left = [.. left.Except(layer)];
            yield return layer;
        }
    }

    private static string PlaceOf(SimpleNameSyntax name)
    {
        var place = name.GetLocation().GetLineSpan();
        return $"{Path.GetFileName(place.Path)}:{place.StartLinePosition.Line + 1} uses {name.Identifier.ValueText}";
    }

    // The extra usings are those of the project file.
    private static SyntaxTree Usings => Tree(
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; global using MessagePack; global using Weir.Wire;
        """,
        "Usings.cs");

    // Without the runtime's own assembly: its source is here.
    private static IEnumerable<MetadataReference> References => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) != "Weir.Runtime.dll")
        .Select(path => MetadataReference.CreateFromFile(path));

    private static SyntaxTree Tree(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path, System.Text.Encoding.UTF8);

    private static string FolderOf(SyntaxTree tree) =>
        Path.GetRelativePath(Repository.At(Root), Path.GetDirectoryName(tree.FilePath)!).Replace(Path.DirectorySeparatorChar, '/');

    private static string? FolderOf(ISymbol? symbol, string user)
    {
        if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol)
        {
            return null;
        }

        // A part of a type in the user's own folder is no use of another.
        var declared = symbol.OriginalDefinition.DeclaringSyntaxReferences.Select(part => FolderOf(part.SyntaxTree)).ToList();
        return declared.Contains(user) ? user : declared.FirstOrDefault();
    }
}
