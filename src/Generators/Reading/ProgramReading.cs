using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Reading;

/// <summary>What a compilation declares, as digests: enough to say whether something that was bound in another one still holds.</summary>
/// <remarks>Is kept with the compilation, and holds neither it nor anything that it made.</remarks>
internal sealed class ProgramReading
{
    private static readonly ConditionalWeakTable<Compilation, ProgramReading> Known = new();

    private readonly Dictionary<string, List<TreeReading>> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> _captured = new(StringComparer.Ordinal);
    private readonly Lazy<NameClosure> _closure;

    private ProgramReading(CSharpCompilation compilation, CancellationToken cancellation)
    {
        Faults.At("the program");
        Trees = [.. compilation.SyntaxTrees.Select(tree => TreeReading.Of(tree, cancellation))];
        foreach (var tree in Trees)
        {
            if (!_byPath.TryGetValue(tree.Tree.FilePath, out var same))
            {
                _byPath.Add(tree.Tree.FilePath, same = []);
            }

            same.Add(tree);
            _captured.UnionWith(tree.Units.Where(static unit => unit.HasPrimaryConstructor).Select(static unit => unit.Name));
        }

        var always = new StringBuilder().Append(Surroundings(compilation, cancellation));
        foreach (var tree in Trees)
        {
            always.Append(tree.Always);
        }

        Always = Digest.Of(always.ToString());
        var all = new StringBuilder().Append(Always);
        foreach (var tree in Trees)
        {
            if (_captured.Count > 0 && tree.Units.Any(unit => _captured.Contains(unit.Name)))
            {
                foreach (var unit in tree.Units)
                {
                    Write(all, unit);
                }
            }
            else
            {
                all.Append(tree.UnitsDeclared);
            }
        }

        All = Digest.Of(all.ToString());
        GlobalAliases = [.. Trees.SelectMany(static tree => tree.GlobalAliases).Distinct(StringComparer.Ordinal)
            .OrderBy(static alias => alias, StringComparer.Ordinal)];
        _closure = new Lazy<NameClosure>(() => new NameClosure(this));
    }

    /// <summary>Gets the files, in the compiler's order.</summary>
    public TreeReading[] Trees { get; }

    /// <summary>Gets everything that binding can see: references, options, and all declarations.</summary>
    public Digest All { get; }

    /// <summary>Gets what holds everywhere.</summary>
    public Digest Always { get; }

    /// <summary>Gets the names of the global aliases.</summary>
    public string[] GlobalAliases { get; }

    public static ProgramReading Of(CSharpCompilation compilation, CancellationToken cancellation) =>
        Known.TryGetValue(compilation, out var known) ? known
            : Known.GetValue(compilation, compilation => new ProgramReading((CSharpCompilation)compilation, cancellation));

    /// <summary>
    /// What the code of some files can see of the program: it changes only with declarations that a name in them may lead to.
    /// </summary>
    public Digest SeenFrom(TreeReading tree, IReadOnlyCollection<BodyReadModel> reads) => _closure.Value.SeenFrom(
        [tree, .. reads.Select(static read => read.Path ?? "").Distinct(StringComparer.Ordinal).SelectMany(FilesAt)]);

    /// <summary>Whether a body still stands where it was read.</summary>
    public bool Has(BodyReadModel read) => Find(read) is not null;

    /// <summary>The member that was read.</summary>
    public SyntaxNode? Find(BodyReadModel read) =>
        FilesAt(read.Path ?? "").Select(tree => tree.Member(read.Text)).FirstOrDefault(static member => member is not null);

    /// <summary>Writes what others can see of a unit.</summary>
    public void Write(StringBuilder text, DeclarationUnit unit)
    {
        text.Append(unit.Declared);

        // Another part of the type may have the primary constructor.
        if (_captured.Contains(unit.Name))
        {
            text.Append(unit.Bodies);
        }
    }

    private List<TreeReading> FilesAt(string path) => _byPath.TryGetValue(path, out var files) ? files : [];

    private static string Surroundings(CSharpCompilation compilation, CancellationToken cancellation)
    {
        var text = new StringBuilder().Append(compilation.AssemblyName).Append('\u0001').Append(OptionsOf(compilation));
        foreach (var reference in compilation.ExternalReferences)
        {
            text.Append('\u0001').Append(reference switch
            {
                CompilationReference { Compilation: CSharpCompilation other } =>
                    $"{Of(other, cancellation).All}:{string.Join(",", reference.Properties.Aliases)}"
                        + $":{reference.Properties.EmbedInteropTypes}",
                _ => FormattableString.Invariant($"{Identities.Of(reference)}"),
            });
        }

        if (compilation.ScriptCompilationInfo is not null)
        {
            // Scripts see the ones before them: nothing is kept.
            text.Append('\u0001').Append(Identities.Of(compilation));
        }

        return text.ToString();
    }

    // What parsers ask of options. Options are not compared as a whole: those of the compiler itself throw.
    private static string OptionsOf(CSharpCompilation compilation)
    {
        var options = compilation.Options;
        var place = compilation.SyntaxTrees.FirstOrDefault()?.FilePath is { Length: > 0 } path
            ? options.SourceReferenceResolver?.NormalizePath(path, baseFilePath: null) : null;
        return $"{options.OutputKind},{options.CheckOverflow},{options.NullableContextOptions},{options.AllowUnsafe},"
            + $"{options.OptimizationLevel},{options.MetadataImportOptions},{options.Platform},{options.MainTypeName},"
            + $"{string.Join(";", options.Usings)},{place}";
    }
}
