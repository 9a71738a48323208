using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>A type symbol in, the closure of its shapes out. Codecs and rows both start here.</summary>
internal sealed class TypeParser
{
    private readonly Compilation _compilation;
    private readonly TypeUse _use;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, TypeModel?> _types = new(StringComparer.Ordinal);
    private readonly List<FoundFailure> _failures = [];
    private readonly Dictionary<string, (int Path, FoundFailure[] Failures)> _refused = new(StringComparer.Ordinal);

    private TypeParser(Compilation compilation, TypeUse use, CancellationToken cancellation)
    {
        _compilation = compilation;
        _use = use;
        _cancellation = cancellation;
    }

    /// <summary>Takes a type apart down to what is built in. The generator skips a failure in silence; the analyzer reports it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">Where it is used.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <param name="use">What for.</param>
    /// <param name="found">Takes the failures with the places of their members; null if nobody points at them.</param>
    public static TypeClosureModel Parse(
        ITypeSymbol type, Compilation compilation, CancellationToken cancellation, TypeUse use = TypeUse.Codec,
        ICollection<FoundFailure>? found = null)
    {
        Pipelines.Parsing.AliasedAssemblies.Note(compilation);
        var parser = new TypeParser(compilation, use, cancellation);
        parser.Visit(type, type is INamedTypeSymbol { IsTupleType: false } ? type.Name : TypeNames.Label(type), null);
        if (parser._failures.Count == 0 && !TypeArguments.IsClosed(type))
        {
            const string Open = "is generic, or stands in a generic type, and codecs are written for concrete types: mark the types that "
                + "hold it";
            parser.Fail(type, type.Name, Open, null);
        }

        var types = parser._failures.Count == 0
            ? TypeRecursion.Mark(parser._types.Values.OfType<TypeModel>().OrderBy(model => model.Name, StringComparer.Ordinal).ToArray())
            : [];
        foreach (var failure in parser._failures)
        {
            found?.Add(failure);
        }

        return new TypeClosureModel
        {
            Root = TypeNames.Reference(type),
            Types = new(types),
            Failures = new([.. parser._failures.Select(static failure => failure.Model)]),
        };
    }

    // A type is looked at once. What stands against it stands against every member of it.
    private void Visit(ITypeSymbol type, string path, ISymbol? at)
    {
        _cancellation.ThrowIfCancellationRequested();
        var reference = TypeNames.Reference(type);
        if (reference.IsBuiltIn && (_use == TypeUse.Codec || !reference.IsOfFramework))
        {
            return;
        }

        if (_types.ContainsKey(reference.Name))
        {
            Repeat(reference.Name, path, at);
            return;
        }

        var first = _failures.Count;
        VisitAnew(type, reference, path, at);
        var own = _failures.Skip(first).Where(failure => SymbolEqualityComparer.Default.Equals(failure.At, at)).ToArray();
        if (own.Length > 0)
        {
            _refused[reference.Name] = (path.Length, own);
        }
    }

    private void Repeat(string type, string path, ISymbol? at)
    {
        if (at is not null && _refused.TryGetValue(type, out var refused))
        {
            _failures.AddRange(refused.Failures.Select(failure => new FoundFailure(
                failure.Model with { Path = path + failure.Model.Path.Substring(Math.Min(refused.Path, failure.Model.Path.Length)) }, at)));
        }
    }

    private void VisitAnew(ITypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        _types.Add(reference.Name, null);
        if (_use == TypeUse.Codec && CustomCodecs.Of(type, _compilation) is { } codec)
        {
            Custom(type, reference, codec, path, at);
            return;
        }

        if (_use == TypeUse.Codec && TypeRefusal.HasCodecElsewhere(type, _compilation))
        {
            return;
        }

        if (TypeRefusal.Of(type, _use, _compilation) is { } reason)
        {
            Fail(type, path, reason, at);
            return;
        }

        _types[reference.Name] = Shape(type, reference, path, at);
    }

    private void Fail(ITypeSymbol type, string path, string reason, ISymbol? at) => _failures.Add(
        new FoundFailure(new TypeFailureModel { Path = path, Type = TypeNames.Label(type), Reason = reason }, at));

    private void Custom(ITypeSymbol type, TypeRefModel reference, INamedTypeSymbol codec, string path, ISymbol? at)
    {
        if (CustomCodecs.Refusal(codec, type, _compilation) is { } reason)
        {
            Fail(type, path, reason, at ?? type);
            return;
        }

        _types[reference.Name] = new CustomTypeModel { Type = reference, Codec = TypeNames.Reference(codec).Name };
    }

    private TypeModel? Shape(ITypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        if (reference.IsNullable)
        {
            return new NullableTypeModel { Type = reference, Item = Part(((INamedTypeSymbol)type).TypeArguments[0], path, at) };
        }

        if (reference.IsEnum)
        {
            var named = EnumParser.Parse((INamedTypeSymbol)type, reference);
            CheckNames(type, path, [.. named.Names.Select(static one => (one.Name, one.FormerNames))]);
            return named;
        }

        if (type is IArrayTypeSymbol array)
        {
            var item = Part(array.ElementType, path + "[]", at);
            return array.Rank > 1
                ? new GridTypeModel { Type = reference, Item = item, Rank = array.Rank }
                : new SequenceTypeModel { Type = reference, Form = CollectionForm.Array, Item = item };
        }

        return OfNamed((INamedTypeSymbol)type, reference, path, at);
    }

    private TypeModel? OfNamed(INamedTypeSymbol named, TypeRefModel reference, string path, ISymbol? at)
    {
        return named.IsTupleType ? Tuple(named, reference, path, at)
            : CollectionTypes.Find(named) is { } form ? Collection(named, reference, form, path + "[]", at)
            : _use == TypeUse.Codec && HierarchyParser.IsHierarchy(named) ? Hierarchy(named, reference, path, at)
            : Object(named, reference, path, at);
    }

    private TypeModel Collection(INamedTypeSymbol type, TypeRefModel reference, CollectionForm form, string path, ISymbol? at)
    {
        var parts = type.TypeArguments.Select(part => Part(part, path, at)).ToArray();
        return form switch
        {
            CollectionForm.HashSet or CollectionForm.SortedSet or CollectionForm.ImmutableHashSet or CollectionForm.ImmutableSortedSet
                or CollectionForm.FrozenSet => new SetTypeModel { Type = reference, Form = form, Item = parts[0] },
            _ when parts.Length == 2 => new MapTypeModel { Type = reference, Form = form, Key = parts[0], Value = parts[1] },
            _ => new SequenceTypeModel { Type = reference, Form = form, Item = parts[0] },
        };
    }

    private TypeRefModel Part(ITypeSymbol type, string path, ISymbol? at)
    {
        Visit(type, path, at);
        return TypeNames.Reference(type);
    }

    private ObjectTypeModel Tuple(INamedTypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        var items = type.TupleElements.Select(item => item.CorrespondingTupleField ?? item).ToArray();
        foreach (var item in items)
        {
            Visit(item.Type, $"{path}.{item.Name}", at);
        }

        var members = items.Select(static item => new MemberModel
        {
            Name = item.Name,
            Type = TypeNames.Reference(item.Type),
            FormerNames = default,
            Begins = null,
            Codec = null,
            Column = null,
            IsOptional = IsOptional(item.Type),
            IsAssigned = false,
            Epoch = null,
        });
        return new ObjectTypeModel
        {
            Type = reference,
            Label = "tuple",
            FormerNames = default,
            IsRecursive = false,
            IsTuple = true,
            IsSealed = true,
            Members = new([.. members]),
            Arguments = new([.. items.Select(static (_, index) => new ArgumentModel { Member = index })]),
        };
    }

    private HierarchyTypeModel? Hierarchy(INamedTypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        var cases = HierarchyParser.Cases(type, _compilation);
        if (cases.Refusal is { } reason)
        {
            Fail(type, path, reason, at);
            return null;
        }

        CheckNames(type, path, [.. cases.Types.Select(static one => (one.Name, MemberAttributes.FormerNames(one)))]);
        foreach (var one in cases.Types)
        {
            Visit(one, $"{path}({one.Name})", at);
        }

        return new HierarchyTypeModel
        {
            Type = reference,
            Label = TypeNames.Label(type),
            FormerNames = MemberAttributes.FormerNames(type),
            Cases = new([.. cases.Types
                .Select(static one => new CaseModel
                {
                    Name = one.Name,
                    FormerNames = MemberAttributes.FormerNames(one),
                    Type = TypeNames.Reference(one),
                })
                .OrderBy(static one => one.Name, StringComparer.Ordinal)]),
        };
    }

    private ObjectTypeModel? Object(INamedTypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        var members = MemberParser.Parse(type, _compilation);
        foreach (var failure in members.Failures)
        {
            Fail(type, path, failure.Reason, failure.At ?? type);
        }

        CheckNames(type, path, [.. members.Members.Select(static member => (member.Name, member.FormerNames))]);
        for (var i = 0; i < members.Symbols.Length; i++)
        {
            var (member, memberType) = (members.Symbols[i], members.Types[i]);
            if (_use == TypeUse.Codec && MemberCodec(member, type) is { } codec)
            {
                if (CustomCodecs.Refusal(codec, memberType, _compilation) is { } reason)
                {
                    Fail(memberType, $"{path}.{member.Name}", reason, member);
                }

                continue;
            }

            Visit(memberType, $"{path}.{member.Name}", member);
        }

        return members.Failures.Length > 0 ? null : new ObjectTypeModel
        {
            Type = reference,
            Label = TypeNames.Label(type),
            FormerNames = MemberAttributes.FormerNames(type),
            IsRecursive = false,
            IsTuple = false,
            IsSealed = type.IsSealed || type.IsValueType,
            Members = new(members.Members),
            Arguments = new(members.Arguments),
        };
    }

    // A state that holds a name could be read as either of two members: nobody may guess which.
    private void CheckNames(ITypeSymbol type, string path, (string Name, EquatableArray<string> FormerNames)[] members)
    {
        foreach (var (name, former) in _use == TypeUse.Codec
            ? members.SelectMany(static member => member.FormerNames.Select(former => (member.Name, former))) : [])
        {
            var other = members.FirstOrDefault(member => member.Name != name
                && (member.Name == former || member.FormerNames.Contains(former))).Name;
            if (other is not null)
            {
                Fail(
                    type,
                    path,
                    $"says that '{name}' was named '{former}', and '{other}' "
                        + (other == former ? "is named so now" : "says so, too")
                        + ": stored state could be either's; let one alone have that name",
                    type.GetMembers(name).FirstOrDefault() ?? type);
            }
        }
    }

    private static INamedTypeSymbol? MemberCodec(ISymbol member, INamedTypeSymbol type) => MemberAttributes.Codec(member)
        ?? type.InstanceConstructors.SelectMany(static constructor => constructor.Parameters)
            .Where(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase))
            .Select(MemberAttributes.Codec)
            .FirstOrDefault(static codec => codec is not null);

    private static bool IsOptional(ITypeSymbol type) =>
        TypeNames.Reference(type).IsNullable || type.NullableAnnotation == NullableAnnotation.Annotated;
}

/// <summary>What a type is taken apart for.</summary>
internal enum TypeUse
{
    /// <summary>State: it must come back as it was.</summary>
    Codec,

    /// <summary>Rows of files, which hold values and lists of them.</summary>
    Rows,
}

/// <summary>A member that cannot be supported, while symbols are still about.</summary>
/// <param name="Model">What is wrong.</param>
/// <param name="At">The member or type that it is about; null for the type that was asked for.</param>
internal sealed record FoundFailure(TypeFailureModel Model, ISymbol? At);
