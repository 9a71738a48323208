using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Codecs;
using Weir.Generators.Infrastructure;
using Weir.Generators.Keyed;
using Weir.Generators.Rows;

namespace Weir.Generators.Reading;

/// <summary>Reads one file: what it declares, and which of its declarations may be of interest to the generators. Binds nothing.</summary>
internal sealed class DeclarationReader
{
    private readonly CancellationToken _cancellation;
    private readonly DeclarationText _always = new();
    private readonly SortedSet<string> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _globalAliases = new(StringComparer.Ordinal);
    private readonly List<DeclarationUnit> _units = [];
    private readonly List<SiteCandidate> _candidates = [];
    private string _nullable = "";

    private DeclarationReader(CancellationToken cancellation) => _cancellation = cancellation;

    public static TreeReading Read(SyntaxTree tree, CancellationToken cancellation)
    {
        Faults.At($"the file '{Path.GetFileName(tree.FilePath)}'");
        var reader = new DeclarationReader(cancellation);
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
        var head = reader.Head(tree, root);
        reader.ReadMembers(root.Members, "", head);
        reader.ReadStatements(root);
        reader._always.Write(string.Join(",", reader._namespaces));
        var always = Digest.Of(reader._always.ToString());
        var units = reader._units.ToArray();
        var all = string.Join("", units.Select(static unit => $"{unit.Declared}{(unit.HasPrimaryConstructor ? unit.Bodies : default)}"));
        return new TreeReading(tree)
        {
            Always = always,
            AlwaysNames = reader._always.Names,
            Units = units,
            UnitsDeclared = Digest.Of(string.Join("", units.Select(static unit => unit.Declared.ToString()))),
            Declared = Digest.Of($"{head}{always}{all}{reader._nullable}"),
            Candidates = [.. reader._candidates],
            Aliases = [.. reader._aliases],
            GlobalAliases = [.. reader._globalAliases],
        };
    }

    // What everything in the file stands in: it decides what names mean, and whether references may be null.
    private string Head(SyntaxTree tree, CompilationUnitSyntax root)
    {
        var head = new DeclarationText()
            .Write(tree.FilePath)
            .Write(OptionsOf(tree.Options))
            .Write(IsMarkedAsGenerated(root) ? "generated" : "");
        ReadUsings(head, root.Externs, root.Usings);
        foreach (var attributes in root.AttributeLists)
        {
            _always.Write(attributes);
        }

        _nullable += head.Nullable;
        return head.ToString();
    }

    private void ReadUsings(DeclarationText head, SyntaxList<ExternAliasDirectiveSyntax> externs, SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (var alias in externs)
        {
            head.Write(alias);
        }

        foreach (var directive in usings)
        {
            var isGlobal = directive.GlobalKeyword != default;
            (isGlobal ? _always : head).Write(directive);
            if (directive.Alias is { Name.Identifier.ValueText: var alias })
            {
                (isGlobal ? _globalAliases : _aliases).Add(alias);
            }
        }
    }

    private void ReadMembers(SyntaxList<MemberDeclarationSyntax> members, string space, string head)
    {
        foreach (var member in members)
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax inner:
                    ReadNamespace(inner, space, head);
                    break;
                case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                    ReadUnit(member, space, head);
                    break;
                case GlobalStatementSyntax:
                    break;
                default:
                    // Broken code: members where none may stand.
                    _always.Write(head).Write(member);
                    AddSites(member);
                    break;
            }
        }
    }

    private void ReadNamespace(BaseNamespaceDeclarationSyntax declaration, string space, string head)
    {
        var inner = declaration.Name.ToString();
        foreach (var part in inner.Split('.'))
        {
            space = space.Length == 0 ? part.Trim() : $"{space}.{part.Trim()}";
            _namespaces.Add(space);
        }

        var text = new DeclarationText();
        ReadUsings(text, declaration.Externs, declaration.Usings);
        _nullable += text.Nullable;
        ReadMembers(declaration.Members, space, $"{head}{space}{text}");
    }

    private void ReadUnit(MemberDeclarationSyntax type, string space, string head)
    {
        var types = type.DescendantNodesAndSelf(static node => node is TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>()
            .Where(static part => part is not RecordDeclarationSyntax)
            .ToArray();
        var hasPrimary = types.Any(static part => part.ParameterList is not null && part.Keyword.Text != "extension");
        var isPart = types.Any(static part => part.Modifiers.Any(SyntaxKind.PartialKeyword));
        var text = new DeclarationText { KeepsBodies = hasPrimary || isPart };
        text.Write(head).Write(_nullable).Write(type);
        _nullable += text.Nullable;
        AddSites(type);
        var name = NameOf(type);
        _units.Add(new DeclarationUnit
        {
            Name = name,
            Declared = Digest.Of(text.ToString()),
            Bodies = Digest.Of(text.Bodies),
            HasPrimaryConstructor = hasPrimary,
            IsFoundWithoutName = IsLookedFor(space) || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None || IsExtension(type),
            Names = text.Names,
        });
    }

    // Names of locals and functions at the top level hide types everywhere; what they say cannot be seen.
    private void ReadStatements(CompilationUnitSyntax root)
    {
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToArray();
        foreach (var node in statements.SelectMany(static statement => statement.DescendantNodes()))
        {
            var name = node switch
            {
                VariableDeclaratorSyntax local => local.Identifier.ValueText,
                SingleVariableDesignationSyntax local => local.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                _ => null,
            };
            if (name is not null)
            {
                _units.Add(new DeclarationUnit
                {
                    Name = name,
                    Declared = Digest.Of($"statement,{name}"),
                    Bodies = default,
                    HasPrimaryConstructor = false,
                    IsFoundWithoutName = false,
                    Names = [],
                });
            }
        }

        if (statements.Length > 0)
        {
            _always.Write("statements");
            AddSite(root, statements);
        }
    }

    private void AddSites(MemberDeclarationSyntax member)
    {
        if (member is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax))
        {
            AddSite(member, [member]);
            return;
        }

        // Calls may stand in the arguments of a base class.
        var attributes = AttributesOf(member.AttributeLists);
        var mayHoldCalls = member is BaseTypeDeclarationSyntax { BaseList: { } bases } && bases.DescendantNodes().Any(IsCall);
        var mayKeepState = StateClassParser.MayKeepState(member);
        if (attributes.Length > 0 || mayKeepState || mayHoldCalls)
        {
            _candidates.Add(new SiteCandidate(member, attributes, mayKeepState, mayHoldCalls));
        }

        foreach (var inner in member is TypeDeclarationSyntax type ? type.Members : default)
        {
            AddSites(inner);
        }
    }

    private void AddSite(SyntaxNode site, MemberDeclarationSyntax[] parts)
    {
        var attributes = parts.SelectMany(static part => AttributesOf(part.AttributeLists)).ToList();
        var mayHoldCalls = false;
        foreach (var node in parts.SelectMany(static part => part.DescendantNodes()))
        {
            mayHoldCalls |= IsCall(node);
            if (node is LocalFunctionStatementSyntax { AttributeLists.Count: > 0 } function)
            {
                attributes.AddRange(AttributesOf(function.AttributeLists));
            }
        }

        if (mayHoldCalls || attributes.Count > 0)
        {
            _candidates.Add(new SiteCandidate(site, [.. attributes], false, mayHoldCalls));
        }
    }

    private static bool IsCall(SyntaxNode node) => RowCalls.MayBe(node) || StateTypeFinder.MayStore(node);

    private static string[] AttributesOf(SyntaxList<AttributeListSyntax> lists) =>
        [.. lists.SelectMany(static list => list.Attributes).Select(static attribute => attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        })];

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.ValueText,
        DelegateDeclarationSyntax declaration => declaration.Identifier.ValueText,
        _ => "",
    };

    // The compiler looks for types of its own by name (System.Index, …), and we look for ours.
    private static bool IsLookedFor(string space) => space.Split('.')[0] is "System" or "Microsoft" or "Weir";

    private static bool IsExtension(MemberDeclarationSyntax type) => type is TypeDeclarationSyntax declaration
        && declaration.Members.Any(static member => member switch
        {
            MethodDeclarationSyntax { ParameterList.Parameters: var parameters } =>
                parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true,
            TypeDeclarationSyntax { Keyword.Text: "extension" } => true,
            _ => false,
        });

    private static bool IsMarkedAsGenerated(CompilationUnitSyntax root) =>
        root.GetLeadingTrivia().ToFullString() is var comment
        && (comment.Contains("<auto-generated") || comment.Contains("<autogenerated"));

    private static string OptionsOf(ParseOptions options) => options is CSharpParseOptions csharp
        ? $"{csharp.LanguageVersion};{csharp.SpecifiedLanguageVersion};{csharp.Kind};{string.Join(",", csharp.PreprocessorSymbolNames)};"
            + string.Join(",", csharp.Features.OrderBy(static feature => feature.Key, StringComparer.Ordinal)
                .Select(static feature => $"{feature.Key}={feature.Value}"))
        : "";
}
